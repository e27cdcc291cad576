package dev.tidemark.core.detect;

import dev.tidemark.core.detect.Detector.Turn;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs per time, in slots of five minutes; silence counts too, so an outage is a fall to nothing. A
 * slot is a million chances for a run to end: a rate that small is a count (Poisson), and the
 * detector of rates does the rest, with its hours of the day and the dispersion of its blocks.
 */
final class VolumeWatch extends SignalWatch {
  static final long CHANCES = 1_000_000;
  static final long SLOT_MS = 300_000;
  private static final long LONGEST_SLOTS = 14 * 288;
  private static final long LEARNING_SLOTS = 288;
  private Dispersion dispersion;
  private RateDetector self = RateDetector.self(fresh());
  private long slotMs = -1;
  private long runs;
  private long slots;

  VolumeWatch(SignalId id, int member) {
    super(id, member);
    this.dispersion = new Dispersion(id.signal());
  }

  private static RateNull fresh() {
    return new RateNull((double) LONGEST_SLOTS * CHANCES);
  }

  /** Versions take each other's traffic: none is compared with another. */
  @Override
  void compareWith(SignalWatch previous) {
    self = RateDetector.self(fresh());
  }

  @Override
  boolean concernedBy(WindowRecord window) {
    return window.getRuns() > 0;
  }

  @Override
  void take(
      WindowRecord window, long quietMs, Purse purse, List<Evidence> fired, List<Evidence> ended) {
    if (slotMs < 0) {
      slotMs = Math.floorDiv(window.getWindowStartMs(), SLOT_MS) * SLOT_MS;
    }
    runs += window.getRuns();
  }

  /** Judges the slots that are over at a time, but none after so long a silence that all ends. */
  @Override
  List<Verdict> advance(long timeMs, Purse purse) {
    List<Verdict> verdicts = new ArrayList<>();
    long expiresMs = previousEndMs() + purse.settings().expireAfter().toMillis();
    while (slotMs >= 0 && slotMs + SLOT_MS <= Math.min(timeMs, expiresMs)) {
      List<Evidence> fired = new ArrayList<>(0);
      List<Evidence> ended = new ArrayList<>(0);
      judge(purse, fired, ended);
      slotMs += SLOT_MS;
      runs = 0;
      verdicts.addAll(settle(slotMs, fired, ended, purse.settings().updateEvery().toMillis()));
    }
    if (timeMs > expiresMs) {
      slotMs = -1;
    }
    return verdicts;
  }

  private void judge(Purse purse, List<Evidence> fired, List<Evidence> ended) {
    long events = Math.min(runs, CHANCES);
    Slice slice = new Slice(slotMs, slotMs, slotMs + SLOT_MS, CHANCES, events);
    double rate = self.belief().at(slotMs, dispersion.phi()).mean();
    slots++;
    dispersion.addClusters(new SignalCounts(CHANCES, events, 1, CHANCES, 0, 0));
    if (slots > LEARNING_SLOTS) {
      double share = purse.share(this, DetectionMode.SELF);
      Turn turn = self.observe(slice, dispersion, purse.plan(), share);
      if (turn == Turn.FIRED) {
        fired.add(self.firing());
      } else if (turn == Turn.RESOLVED) {
        ended.add(self.firing());
        self.stop();
      }
    } else {
      self.belief().learn(slotMs, CHANCES, events);
    }
    if (self.firing() == null && slots > LEARNING_SLOTS) {
      dispersion.addBlock(CHANCES, events, rate);
    }
  }

  @Override
  void rebase(Evidence change) {
    RateNull belief = fresh();
    belief.learn(change.change().timeMs(), change.after().n(), change.after().x());
    dispersion = dispersion.withoutBlocks();
    self = RateDetector.self(belief);
  }

  @Override
  Baseline baseline(Purse purse) {
    return new Baseline(slots, Math.max(0, LEARNING_SLOTS - slots));
  }

  @Override
  String label(Evidence evidence) {
    return Likelihoods.label(evidence.direction(), evidence.change().alternative());
  }

  @Override
  List<Detector> detectors() {
    return List.of(self);
  }

  @Override
  void writeDetectors(StateWriter out) {
    dispersion.write(out);
    self.write(out);
    out.whole(slotMs).whole(runs).whole(slots);
  }

  @Override
  void readDetectors(StateReader in) {
    dispersion = Dispersion.read(id().signal(), in);
    self = RateDetector.read(DetectionMode.SELF, fresh(), in);
    slotMs = in.whole();
    runs = in.whole();
    slots = in.whole();
  }
}
