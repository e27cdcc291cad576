package dev.tidemark.core.detect;

import dev.tidemark.core.detect.Detector.Turn;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.List;

/** A rate: its dispersion, and a detector per mode. */
final class RateWatch extends SignalWatch {
  private Dispersion dispersion;
  private RateDetector self;
  private RateDetector frozen;
  private CanaryDetector canary;

  RateWatch(SignalId id, int member) {
    super(id, member);
    this.dispersion = new Dispersion(id.signal());
    this.self = RateDetector.self();
  }

  @Override
  void compareWith(SignalWatch previous) {
    RateWatch other = (RateWatch) previous;
    RateNull known = other.self.belief();
    long[] robust = other.dispersion.blocks().robustCounts();
    boolean covered = 2 * robust[0] >= known.n();
    RateNull baseline =
        covered ? known.withCounts(robust[0], robust[1]) : known.withCounts(known.n(), known.x());
    frozen = RateDetector.frozen(baseline, other.dispersion.phi());
    canary = new CanaryDetector(other.dispersion.ofRuns());
  }

  /** Over-dispersion that a comparison with the version before calculates with at the least. */
  double leastPhi() {
    return frozen == null ? 1 : frozen.frozenPhi();
  }

  @Override
  boolean concernedBy(WindowRecord window) {
    SignalCounts counts = SignalCounts.of(window, id());
    return counts.n() > 0 && counts.x() >= 0 && counts.x() <= counts.n();
  }

  @Override
  void take(
      WindowRecord window, long quietMs, Purse purse, List<Evidence> fired, List<Evidence> ended) {
    SignalCounts counts = SignalCounts.of(window, id());
    Slice slice =
        new Slice(
            quietMs, window.getWindowStartMs(), window.getWindowEndMs(), counts.n(), counts.x());
    dispersion.addClusters(counts);
    double rateBefore =
        self.belief().n() == 0
            ? (slice.x() + BetaNull.PRIOR) / (slice.n() + 2 * BetaNull.PRIOR)
            : self.belief().at(slice.startMs(), dispersion.phi()).mean();
    show(self, slice, purse, fired, ended);
    if (frozen != null) {
      show(frozen, slice, purse, fired, ended);
    }
    learn(slice, fired, rateBefore);
  }

  private void show(
      RateDetector detector, Slice slice, Purse purse, List<Evidence> fired, List<Evidence> ended) {
    double share = purse.share(this, detector.mode());
    if (share > 0) {
      settle(detector, detector.observe(slice, dispersion, purse.plan(), share), fired, ended);
    }
  }

  /**
   * Takes a window in which the version it is compared with was alive too.
   *
   * @param mine trials and events of this version
   * @param theirs trials and events of the other version
   */
  List<Verdict> compare(Slice mine, SignalCounts theirs, Purse purse) {
    double share = purse.share(this, DetectionMode.CANARY);
    if (canary == null || share == 0 || theirs.n() <= 0 || mine.n() <= 0) {
      return List.of();
    }
    List<Evidence> fired = new ArrayList<>(0);
    List<Evidence> ended = new ArrayList<>(0);
    Turn turn = canary.observe(mine, theirs, dispersion, purse.plan(), share);
    settle(canary, turn, fired, ended);
    return settle(mine.endMs(), fired, ended, purse.settings().updateEvery().toMillis());
  }

  private static void settle(
      Detector detector, Turn turn, List<Evidence> fired, List<Evidence> ended) {
    if (turn == Turn.FIRED) {
      fired.add(detector.firing());
    } else if (turn == Turn.RESOLVED) {
      ended.add(detector.firing());
      detector.stop();
    }
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

  @Override
  void rebase(Evidence change) {
    dispersion = dispersion.withoutBlocks();
    self = RateDetector.self(RateNull.ofCounts(change.after().n(), change.after().x()));
    frozen = null;
    canary = null;
  }

  @Override
  Baseline baseline(Purse purse) {
    RateNull belief = self.belief();
    double phi = dispersion.phi();
    return new Baseline(
        belief.n(), Findability.missingForDoubling(belief.n(), belief.x(), phi, threshold(purse)));
  }

  @Override
  String label(Evidence evidence) {
    int lead = evidence.change().alternative();
    return evidence.mode() == DetectionMode.CANARY
        ? CanaryDetector.label(evidence.direction(), lead)
        : Likelihoods.label(evidence.direction(), lead);
  }

  @Override
  List<Detector> detectors() {
    if (frozen == null) {
      return List.of(self);
    }
    return canary == null ? List.of(self, frozen) : List.of(self, frozen, canary);
  }

  @Override
  void writeDetectors(StateWriter out) {
    dispersion.write(out);
    self.write(out);
    out.flag(frozen != null);
    if (frozen != null) {
      frozen.write(out);
    }
    out.flag(canary != null);
    if (canary != null) {
      canary.write(out);
    }
  }

  @Override
  void readDetectors(StateReader in) {
    dispersion = Dispersion.read(id().signal(), in);
    self = RateDetector.read(DetectionMode.SELF, in);
    frozen = in.flag() ? RateDetector.read(DetectionMode.FROZEN, in) : null;
    canary = in.flag() ? CanaryDetector.read(in) : null;
  }
}
