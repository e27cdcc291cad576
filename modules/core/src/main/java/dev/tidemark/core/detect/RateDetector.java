package dev.tidemark.core.detect;

import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Direction;

/**
 * One signal of one series against one baseline, in both directions.
 *
 * <p>SELF compares with the series' own past; alternatives move with what is learned. FROZEN
 * compares with the previous version: the alternatives stay anchored at its rate, while the null
 * learns from both versions, because "nothing changed" means that both share one rate. A null that
 * did not learn would take the error of the baseline for a drift (RATIONALE.md).
 */
final class RateDetector {
  private static final long DAY_MS = 86_400_000;

  /** What a window brought. */
  enum Turn {
    NONE,
    FIRED,
    RESOLVED
  }

  private final DetectionMode mode;
  private final RateNull belief;
  private final Evidence.Counts frozen;
  private final double frozenPhi;
  private EDetector up;
  private EDetector down;
  private long ownN;
  private long ownX;
  private long paidUntilMs = -1;
  private Evidence firing;
  private Resolution resolution;

  private RateDetector(
      DetectionMode mode, RateNull belief, Evidence.Counts frozen, double frozenPhi) {
    this.mode = mode;
    this.belief = belief;
    this.frozen = frozen;
    this.frozenPhi = frozenPhi;
    this.up = new EDetector(Likelihoods.weights(Direction.UP, frozen != null));
    this.down = new EDetector(Likelihoods.weights(Direction.DOWN, frozen != null));
  }

  static RateDetector self() {
    return new RateDetector(DetectionMode.SELF, new RateNull(), null, 1);
  }

  static RateDetector frozen(RateNull baseline, double phi) {
    Evidence.Counts counts = new Evidence.Counts(baseline.n(), baseline.x());
    return new RateDetector(DetectionMode.FROZEN, baseline, counts, phi);
  }

  DetectionMode mode() {
    return mode;
  }

  RateNull belief() {
    return belief;
  }

  /** The shift while one is firing, else null. */
  Evidence firing() {
    return firing;
  }

  /** Ends an episode from outside; the detector starts afresh from its baseline. */
  void stop() {
    ownN = 0;
    ownX = 0;
    firing = null;
    resolution = null;
    up.reset();
    down.reset();
  }

  Turn observe(Slice slice, Dispersion seen, BudgetPlan plan, double share) {
    double phi = mode == DetectionMode.SELF ? seen.phi() : Math.max(frozenPhi, seen.estimate());
    if (firing != null) {
      return watchTheEnd(slice);
    }
    long span = unpaid(slice);
    double gamma = plan.injection(share, mode == DetectionMode.SELF ? length(slice) : DAY_MS);
    double injection = plan.injection(share, span);
    BetaNull now = belief.at(slice.startMs(), phi);
    BetaNull own = frozen == null ? null : BetaNull.ofCounts((double) ownN, (double) ownX, phi);
    for (Direction direction : new Direction[] {Direction.UP, Direction.DOWN}) {
      EDetector detector = direction == Direction.UP ? up : down;
      double cap = -StrictMath.log(gamma) / 2;
      double[] logs =
          Likelihoods.log(direction, now, anchor(now), own, slice.n() / phi, slice.x() / phi, cap);
      double sum = detector.step(logs, injection, slice);
      if (sum >= 0) {
        ChangePoint change = detector.changePoint(slice.endMs());
        fire(slice, direction, change, phi, sum - StrictMath.log(gamma), gamma, share);
        return Turn.FIRED;
      }
    }
    belief.learn(slice.startMs(), slice.n(), slice.x());
    ownN += slice.n();
    ownX += slice.x();
    return Turn.NONE;
  }

  private void fire(
      Slice slice,
      Direction direction,
      ChangePoint change,
      double phi,
      double log,
      double gamma,
      double share) {
    belief.rollBack(change.n() - slice.n(), change.x() - slice.x());
    Evidence.Counts before = frozen != null ? frozen : new Evidence.Counts(belief.n(), belief.x());
    firing = new Evidence(mode, direction, before, change, phi, log, gamma, share);
    resolution = Resolution.of(firing);
    up.reset();
    down.reset();
  }

  private Turn watchTheEnd(Slice slice) {
    paidUntilMs = Math.max(paidUntilMs, slice.endMs());
    ChangePoint change = firing.change();
    firing = firing.withAfter(change.n() + slice.n(), change.x() + slice.x());
    return resolution.step(slice, firing.phi()) ? Turn.RESOLVED : Turn.NONE;
  }

  /** Rate the alternatives are measured from: the frozen one, moved by the season of the hour. */
  private double anchor(BetaNull now) {
    if (frozen == null) {
      return now.mean();
    }
    double learned = belief.rate();
    double season = now.mean() / (1 - now.mean()) * ((1 - learned) / learned);
    return Odds.scale(frozen.halfEventRate(), season);
  }

  /**
   * Event time whose budget is due with this window, at most a day: SELF pays for the time since
   * the last window with trials, FROZEN pays its first day at once, since it knows when the change
   * was.
   */
  private long unpaid(Slice slice) {
    if (paidUntilMs < 0) {
      boolean self = mode == DetectionMode.SELF;
      paidUntilMs = self ? slice.endMs() : slice.startMs() + DAY_MS;
      return self ? length(slice) : DAY_MS;
    }
    long span = Math.min(DAY_MS, Math.max(0, slice.endMs() - paidUntilMs));
    paidUntilMs = Math.max(paidUntilMs, slice.endMs());
    return span;
  }

  private static long length(Slice slice) {
    return slice.endMs() - slice.startMs();
  }

  void write(StateWriter out) {
    belief.write(out);
    if (frozen != null) {
      out.whole(frozen.n()).whole(frozen.x()).real(frozenPhi).whole(ownN).whole(ownX);
    }
    up.write(out);
    down.write(out);
    out.whole(paidUntilMs).text(firing == null ? "" : firing.direction().name());
    if (firing != null) {
      firing.write(out);
      resolution.write(out);
    }
  }

  static RateDetector read(DetectionMode mode, StateReader in) {
    RateNull belief = RateNull.read(in);
    RateDetector detector =
        mode == DetectionMode.SELF
            ? new RateDetector(mode, belief, null, 1)
            : new RateDetector(
                mode, belief, new Evidence.Counts(in.whole(), in.whole()), in.real());
    if (detector.frozen != null) {
      detector.ownN = in.whole();
      detector.ownX = in.whole();
    }
    detector.up = EDetector.read(detector.up.weights(), in);
    detector.down = EDetector.read(detector.down.weights(), in);
    detector.paidUntilMs = in.whole();
    String direction = in.text();
    if (!direction.isEmpty()) {
      detector.firing = Evidence.read(mode, Direction.valueOf(direction), in);
      detector.resolution = Resolution.read(in);
    }
    return detector;
  }
}
