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
final class RateDetector implements Detector {
  /** Odds that a season may move a rate by from what the hours before it tell. */
  private static final double SEASON = 2.5;

  /** Nats by which a rate has to lie beyond that. */
  private static final double SURELY = 6;

  private final DetectionMode mode;
  private final RateNull belief;
  private final Evidence.Counts frozen;
  private final double frozenPhi;
  private final Payment payment;
  private final BetaNull shown = new BetaNull(BetaNull.PRIOR, BetaNull.PRIOR);
  private final OwnRate ownRate = new OwnRate();
  private final double[] logsUp;
  private final double[] logsDown;
  private EDetector up;
  private EDetector down;
  private long ownN;
  private long ownX;
  private Evidence firing;
  private Resolution resolution;

  private RateDetector(
      DetectionMode mode, RateNull belief, Evidence.Counts frozen, double frozenPhi) {
    this.mode = mode;
    this.belief = belief;
    this.frozen = frozen;
    this.frozenPhi = frozenPhi;
    this.payment = new Payment(frozen != null);
    this.up = new EDetector(Likelihoods.weights(Direction.UP, frozen != null));
    this.down = new EDetector(Likelihoods.weights(Direction.DOWN, frozen != null));
    this.logsUp = new double[up.weights().length];
    this.logsDown = new double[down.weights().length];
  }

  static RateDetector self() {
    return self(new RateNull());
  }

  static RateDetector self(RateNull belief) {
    return new RateDetector(DetectionMode.SELF, belief, null, 1);
  }

  static RateDetector frozen(RateNull baseline, double phi) {
    Evidence.Counts counts = new Evidence.Counts(baseline.n(), baseline.x());
    return new RateDetector(DetectionMode.FROZEN, baseline, counts, phi);
  }

  @Override
  public DetectionMode mode() {
    return mode;
  }

  RateNull belief() {
    return belief;
  }

  /** Over-dispersion of the baseline when it was frozen; it is never taken for less. */
  double frozenPhi() {
    return frozenPhi;
  }

  @Override
  public Evidence firing() {
    return firing;
  }

  @Override
  public void stop() {
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
    if (belief.endFollowing(slice.startMs())) {
      comeOfAge(seen);
    }
    double gamma = plan.injection(share, payment.unit(slice));
    double injection = plan.injection(share, payment.due(slice));
    BetaNull now = belief.at(slice.startMs(), phi);
    double n = slice.n() / phi;
    double x = slice.x() / phi;
    double anchor = anchor(now);
    OwnRate own = null;
    if (frozen != null) {
      shown.set(BetaNull.PRIOR + ownX / phi, BetaNull.PRIOR + (ownN - ownX) / phi);
      own = ownRate.of(shown, anchor, n, x);
    }
    double cap = -Ln.of(gamma * up.weights()[0]) / 2;
    for (int d = 0; d < 2; d++) {
      Direction direction = d == 0 ? Direction.UP : Direction.DOWN;
      EDetector detector = d == 0 ? up : down;
      double[] logs = d == 0 ? logsUp : logsDown;
      Likelihoods.log(direction, now, anchor, own, n, x, cap, logs);
      double sum = detector.step(logs, injection, slice, slice.n() * anchor);
      if (sum >= 1) {
        sum = moved(direction, detector, slice, phi);
      }
      if (sum >= 1) {
        ChangePoint change = detector.changePoint(slice.endMs());
        fire(
            slice,
            direction,
            change,
            phi,
            StrictMath.log(sum) - StrictMath.log(gamma),
            gamma,
            share);
        return Turn.FIRED;
      }
    }
    belief.learn(slice.startMs(), slice.n(), slice.x());
    ownN += slice.n();
    ownX += slice.x();
    return Turn.NONE;
  }

  /** What looked like evidence or dispersion may have been the season that is known now. */
  private void comeOfAge(Dispersion seen) {
    up.reset();
    down.reset();
    if (belief.seasonal(seen.ofRuns())) {
      seen.forgetBlocks();
    }
  }

  /**
   * The evidence of the alternatives since whose change the rate has moved by more than it may
   * wander from what was expected. What has moved less is no drift, however certain it is, and the
   * null learns it. Until its seasons are known, the own past has surely to have moved far.
   */
  private double moved(Direction direction, EDetector detector, Slice slice, double phi) {
    boolean young = frozen == null && belief.young(slice.startMs());
    double least = young ? SEASON : Likelihoods.TOLERANCE;
    double sum = 0;
    for (int k = 0; k < detector.weights().length; k++) {
      double before = (detector.expected(k) + 0.5) / (detector.n(k) + 1);
      double after = (detector.x(k) + 0.5) / (detector.n(k) + 1);
      double odds = Odds.ratio(after, before);
      boolean far = direction == Direction.UP ? odds >= least : odds <= 1 / least;
      if (far && young) {
        double edge = Odds.scale(before, direction == Direction.UP ? least : 1 / least);
        far = beyond(detector.n(k), detector.x(k), after, edge) / phi >= SURELY;
      }
      sum += detector.tell(k, far);
    }
    return sum;
  }

  /** Nats that tell a rate from an edge. */
  private static double beyond(long n, long x, double rate, double edge) {
    return x * Ln.of(rate / edge) + (n - x) * Ln.of((1 - rate) / (1 - edge));
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
    payment.skip(slice);
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

  @Override
  public void write(StateWriter out) {
    belief.write(out);
    if (frozen != null) {
      out.whole(frozen.n()).whole(frozen.x()).real(frozenPhi).whole(ownN).whole(ownX);
    }
    up.write(out);
    down.write(out);
    payment.write(out);
    Evidence.write(out, firing, resolution);
  }

  static RateDetector read(DetectionMode mode, StateReader in) {
    return read(mode, new RateNull(), in);
  }

  static RateDetector read(DetectionMode mode, RateNull fresh, StateReader in) {
    RateNull belief = fresh.readFrom(in);
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
    detector.payment.read(in);
    detector.firing = Evidence.readOptional(mode, in);
    detector.resolution = detector.firing == null ? null : Resolution.read(in);
    return detector;
  }
}
