package dev.tidemark.core.detect;

import dev.tidemark.core.detect.RateDetector.Turn;
import dev.tidemark.records.CloseReason;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import java.util.ArrayList;
import java.util.List;

/** One signal of one series: its dispersion, its detectors and its two episodes. */
final class SignalWatch {
  private final Signal signal;
  private Dispersion dispersion;
  private RateDetector self;
  private RateDetector frozen;
  private Episode up;
  private Episode down;
  private long previousEndMs = -1;

  SignalWatch(Signal signal) {
    this.signal = signal;
    this.dispersion = new Dispersion(signal);
    this.self = RateDetector.self();
    this.up = new Episode(signal, Direction.UP);
    this.down = new Episode(signal, Direction.DOWN);
  }

  Signal signal() {
    return signal;
  }

  /** Compares from now on with another version's past, cleaned of its incidents. */
  void compareWith(SignalWatch previous) {
    long[] robust = previous.dispersion.blocks().robustCounts();
    RateNull baseline = previous.self.belief().withCounts(robust[0], robust[1]);
    frozen = RateDetector.frozen(baseline, previous.dispersion.phi());
  }

  List<Verdict> observe(
      SignalCounts counts,
      long startMs,
      long endMs,
      long index,
      SubjectKind kind,
      DetectorSettings settings) {
    if (counts.n() <= 0 || counts.x() < 0 || counts.x() > counts.n()) {
      return List.of();
    }
    long quietMs = previousEndMs < 0 ? startMs : previousEndMs;
    Slice slice = new Slice(quietMs, startMs, endMs, counts.n(), counts.x());
    previousEndMs = endMs;
    dispersion.addClusters(counts);
    double rateBefore = self.belief().rate();
    List<Evidence> fired = new ArrayList<>(2);
    List<Evidence> ended = new ArrayList<>(2);
    for (RateDetector detector : detectors()) {
      double share = settings.budget().detectorShare(index, kind, detector.mode());
      Turn turn = detector.observe(slice, dispersion, settings.budget(), share);
      if (turn == Turn.FIRED) {
        fired.add(detector.firing());
      } else if (turn == Turn.RESOLVED) {
        ended.add(detector.firing());
        detector.stop();
      }
    }
    learn(slice, fired, rateBefore);
    long every = settings.updateEvery().toMillis();
    List<Verdict> verdicts = new ArrayList<>();
    for (Episode episode : List.of(up, down)) {
      Direction direction = episode == up ? Direction.UP : Direction.DOWN;
      verdicts.addAll(
          episode.observe(
              endMs,
              only(fired, direction),
              only(firing(), direction),
              last(only(ended, direction)),
              every));
    }
    return verdicts;
  }

  /** Ends every open episode, whatever the data say. */
  List<Verdict> close(CloseReason reason, long endMs) {
    List<Verdict> verdicts = new ArrayList<>();
    for (Episode episode : List.of(up, down)) {
      Direction direction = episode == up ? Direction.UP : Direction.DOWN;
      Evidence lead = last(only(firing(), direction));
      if (episode.open() && lead != null) {
        verdicts.add(episode.close(reason, endMs, lead));
      }
    }
    detectors().stream().filter(d -> d.firing() != null).forEach(RateDetector::stop);
    return verdicts;
  }

  boolean open() {
    return up.open() || down.open();
  }

  /** Blocks are the raw material of a later baseline: nothing of an episode goes into them. */
  private void learn(Slice slice, List<Evidence> fired, double rateBefore) {
    for (Evidence evidence : fired) {
      if (evidence.mode() == DetectionMode.SELF) {
        ChangePoint change = evidence.change();
        dispersion.blocks().rollBack(change.n() - slice.n(), change.x() - slice.x());
      }
    }
    if (self.firing() == null) {
      dispersion.addBlock(slice.n(), slice.x(), rateBefore);
    }
  }

  private List<RateDetector> detectors() {
    return frozen == null ? List.of(self) : List.of(self, frozen);
  }

  private List<Evidence> firing() {
    return detectors().stream().map(RateDetector::firing).filter(e -> e != null).toList();
  }

  private static List<Evidence> only(List<Evidence> evidence, Direction direction) {
    return evidence.stream().filter(e -> e.direction() == direction).toList();
  }

  private static Evidence last(List<Evidence> evidence) {
    return evidence.isEmpty() ? null : evidence.get(evidence.size() - 1);
  }

  void write(StateWriter out) {
    dispersion.write(out);
    self.write(out);
    out.flag(frozen != null);
    if (frozen != null) {
      frozen.write(out);
    }
    up.write(out);
    down.write(out);
    out.whole(previousEndMs);
  }

  static SignalWatch read(Signal signal, StateReader in) {
    SignalWatch watch = new SignalWatch(signal);
    watch.dispersion = Dispersion.read(signal, in);
    watch.self = RateDetector.read(DetectionMode.SELF, in);
    watch.frozen = in.flag() ? RateDetector.read(DetectionMode.FROZEN, in) : null;
    watch.up = Episode.read(signal, Direction.UP, in);
    watch.down = Episode.read(signal, Direction.DOWN, in);
    watch.previousEndMs = in.whole();
    return watch;
  }
}
