package dev.tidemark.core.detect;

import dev.tidemark.records.AlertDecision;
import dev.tidemark.records.CloseReason;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Direction;
import dev.tidemark.records.FindingAction;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.List;

/** One signal of one series: its detectors and its two episodes. */
abstract class SignalWatch {
  private static final int FORMAT = 3;
  private final SignalId id;
  private final int member;
  private Episode up;
  private Episode down;
  private long previousEndMs = -1;

  /** The budget of the series this window is judged with. */
  record Purse(DetectorSettings settings, long index, SubjectKind kind) {
    double share(SignalWatch watch, DetectionMode mode) {
      return settings.budget().detectorShare(index, kind, watch.id.signal(), watch.member, mode);
    }

    BudgetPlan plan() {
      return settings.budget();
    }
  }

  SignalWatch(SignalId id, int member) {
    this.id = id;
    this.member = member;
    this.up = new Episode(id.signal(), Direction.UP);
    this.down = new Episode(id.signal(), Direction.DOWN);
  }

  static SignalWatch begin(SignalId id, int member) {
    return switch (id.kind()) {
      case RATE -> new RateWatch(id, member);
      case QUANTITY -> new QuantityWatch(id, member);
      case VOLUME -> new VolumeWatch(id, member);
      case FACT -> throw new IllegalArgumentException(id.signal() + " is no statistic: a bug");
    };
  }

  SignalId id() {
    return id;
  }

  int member() {
    return member;
  }

  /** End of the last window with trials; -1 before the first. */
  long previousEndMs() {
    return previousEndMs;
  }

  /** Compares from now on with another version's past, cleaned of its incidents. */
  abstract void compareWith(SignalWatch previous);

  /** Whether a window tells anything about the signal. */
  abstract boolean concernedBy(WindowRecord window);

  /** Takes a window that tells something. */
  final List<Verdict> observe(WindowRecord window, Purse purse) {
    long startMs = window.getWindowStartMs();
    long endMs = window.getWindowEndMs();
    List<Verdict> before = advance(startMs, purse);
    long quietMs = previousEndMs < 0 ? startMs : previousEndMs;
    previousEndMs = endMs;
    List<Evidence> fired = new ArrayList<>(0);
    List<Evidence> ended = new ArrayList<>(0);
    take(window, quietMs, purse, fired, ended);
    List<Verdict> now = settle(endMs, fired, ended, purse.settings().updateEvery().toMillis());
    if (before.isEmpty()) {
      return now;
    }
    List<Verdict> both = new ArrayList<>(before);
    both.addAll(now);
    return both;
  }

  /** Judges what is over at a time although no window came; mostly there is nothing to judge. */
  List<Verdict> advance(long timeMs, Purse purse) {
    return List.of();
  }

  /** Shows the window to every detector; what began and what stopped firing goes into the lists. */
  abstract void take(
      WindowRecord window, long quietMs, Purse purse, List<Evidence> fired, List<Evidence> ended);

  final List<Verdict> settle(
      long endMs, List<Evidence> fired, List<Evidence> ended, long updateEveryMs) {
    if (fired.isEmpty() && ended.isEmpty() && !open()) {
      return List.of();
    }
    List<Verdict> verdicts = new ArrayList<>();
    for (Episode episode : List.of(up, down)) {
      Direction direction = episode == up ? Direction.UP : Direction.DOWN;
      verdicts.addAll(
          episode.observe(
              endMs,
              only(fired, direction),
              only(firing(), direction),
              last(only(ended, direction)),
              updateEveryMs));
    }
    return verdicts;
  }

  /** Ends every open episode, whatever the data say. */
  final List<Verdict> close(CloseReason reason, long endMs) {
    List<Verdict> verdicts = new ArrayList<>();
    for (Episode episode : List.of(up, down)) {
      Direction direction = episode == up ? Direction.UP : Direction.DOWN;
      Evidence lead = last(only(firing(), direction));
      if (episode.open() && lead != null) {
        verdicts.add(episode.close(reason, endMs, lead));
      }
    }
    detectors().stream().filter(d -> d.firing() != null).forEach(Detector::stop);
    return verdicts;
  }

  /**
   * Takes the present behaviour of an open episode as the baseline: the episode ends, and what was
   * seen since the change is all that is known.
   */
  final List<Verdict> accept(Direction direction, long endMs) {
    Episode episode = direction == Direction.UP ? up : down;
    Evidence lead = last(only(firing(), direction));
    if (!episode.open() || lead == null) {
      return List.of();
    }
    List<Verdict> verdicts = new ArrayList<>();
    verdicts.add(episode.close(CloseReason.ACCEPTED, endMs, lead));
    rebase(lead);
    return verdicts;
  }

  /** Forgets all baselines but what was seen since a change. */
  abstract void rebase(Evidence change);

  /** Tells an open episode again because a human said something about it. */
  final List<Verdict> note(Direction direction, long endMs) {
    Episode episode = direction == Direction.UP ? up : down;
    Evidence lead = last(only(firing(), direction));
    return episode.open() && lead != null
        ? List.of(episode.tell(FindingAction.NOTE, CloseReason.NONE, endMs, lead))
        : List.of();
  }

  /** Whether a decision is about the episode that is open. */
  final boolean about(String alertKey, AlertDecision decision) {
    Episode episode = decision.getDirection() == Direction.UP ? up : down;
    String named = decision.getEpisodeId();
    return named == null || named.equals(alertKey + "-" + episode.openedMs());
  }

  final boolean open() {
    return up.open() || down.open();
  }

  /** Where its baseline stands. */
  abstract Baseline baseline(Purse purse);

  /** What a new version would have to pass, nats. */
  final double threshold(Purse purse) {
    double frozen = purse.share(this, DetectionMode.FROZEN);
    double share = frozen > 0 ? frozen : purse.share(this, DetectionMode.SELF);
    return -StrictMath.log(purse.plan().injection(share, Payment.DAY_MS));
  }

  /** Name of the alternative that leads in a shift, for people. */
  abstract String label(Evidence evidence);

  abstract List<Detector> detectors();

  private List<Evidence> firing() {
    return detectors().stream().map(Detector::firing).filter(e -> e != null).toList();
  }

  private static List<Evidence> only(List<Evidence> evidence, Direction direction) {
    return evidence.stream().filter(e -> e.direction() == direction).toList();
  }

  private static Evidence last(List<Evidence> evidence) {
    return evidence.isEmpty() ? null : evidence.get(evidence.size() - 1);
  }

  abstract void writeDetectors(StateWriter out);

  abstract void readDetectors(StateReader in);

  final byte[] toBytes() {
    StateWriter out = new StateWriter().whole(FORMAT).whole(member);
    up.write(out);
    down.write(out);
    out.whole(previousEndMs);
    writeDetectors(out);
    return out.toBytes();
  }

  static SignalWatch of(SignalId id, byte[] bytes) {
    StateReader in = StateReader.of(bytes, FORMAT);
    SignalWatch watch = begin(id, in.count());
    watch.up = Episode.read(id.signal(), Direction.UP, in);
    watch.down = Episode.read(id.signal(), Direction.DOWN, in);
    watch.previousEndMs = in.whole();
    watch.readDetectors(in);
    return watch;
  }
}
