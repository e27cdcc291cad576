package dev.tidemark.core.detect;

import dev.tidemark.records.Direction;

/**
 * The alternative that a new version has a rate of its own, somewhere beyond what the baseline
 * tolerates: Jeffreys prior cut off at the edge, learned from the new version alone. It never
 * misfits as a fixed alternative does, so its evidence does not melt away while one waits. Reused
 * from window to window; not thread-safe.
 */
final class OwnRate {
  static final String LABEL = "own rate";
  private static final double NEGLIGIBLE = 1e-12;

  /** From so many effective events and non-events on the normal approximation is used. */
  private static final double MANY = 20;

  private double predictive;
  private double before;
  private double after;

  /**
   * Takes x effective events in n effective trials.
   *
   * @param past what the new version alone has shown before, prior included
   * @param edge rate beyond which it differs
   */
  OwnRate of(BetaNull past, double edge, double n, double x) {
    predictive = past.logPredictive(n, x);
    before = above(past.a(), past.b(), edge);
    after = above(past.a() + x, past.b() + n - x, edge);
    return this;
  }

  /**
   * ln of the predictive likelihood of what was taken, less that of a null; 0 when the past has all
   * but excluded the direction, which keeps the expectation at one.
   *
   * @param logNull ln of the likelihood under the null
   */
  double log(Direction direction, double logNull) {
    double past = direction == Direction.UP ? before : 1 - before;
    double now = direction == Direction.UP ? after : 1 - after;
    return past < NEGLIGIBLE
        ? 0
        : predictive + Ln.of(Math.max(Double.MIN_NORMAL, now) / past) - logNull;
  }

  /**
   * Probability that a Beta(a, b) variable exceeds an edge; of many events by the cube-root normal
   * approximation (Abramowitz and Stegun 26.5.22). Only the ratio of the last to the first counts,
   * all others cancel, so what it is off by does not add up.
   */
  private static double above(double a, double b, double edge) {
    if (Math.min(a, b) < MANY || edge <= 0 || edge >= 1) {
      return BetaCdf.above(a, b, edge);
    }
    double mine = StrictMath.cbrt(b * edge);
    double others = StrictMath.cbrt(a * (1 - edge));
    double z = 3 * (mine * (1 - 1 / (9 * b)) - others * (1 - 1 / (9 * a)));
    return NormalCdf.above(z / Math.sqrt(mine * mine / b + others * others / a));
  }
}
