package dev.tidemark.core.detect;

import dev.tidemark.records.Direction;

/**
 * The alternative that a new version has a rate of its own, somewhere beyond what the baseline
 * tolerates: Jeffreys prior cut off at the edge, learned from the new version alone. It never
 * misfits as a fixed alternative does, so its evidence does not melt away while one waits.
 */
final class OwnRate {
  static final String LABEL = "own rate";
  private static final double NEGLIGIBLE = 1e-12;

  private OwnRate() {}

  /**
   * ln of the predictive likelihood of x effective events in n effective trials, less that of a
   * null; 0 when the past has all but excluded the direction, which keeps the expectation at one.
   *
   * @param past what the new version alone has shown before, prior included
   * @param edge rate beyond which it differs
   * @param logNull ln of the likelihood under the null
   */
  static double log(
      Direction direction, BetaNull past, double edge, double n, double x, double logNull) {
    double before = beyond(direction, past.a(), past.b(), edge);
    if (before < NEGLIGIBLE) {
      return 0;
    }
    double after =
        Math.max(Double.MIN_NORMAL, beyond(direction, past.a() + x, past.b() + n - x, edge));
    return past.logPredictive(n, x) + StrictMath.log(after / before) - logNull;
  }

  private static double beyond(Direction direction, double a, double b, double edge) {
    return direction == Direction.UP ? BetaCdf.above(a, b, edge) : BetaCdf.of(a, b, edge);
  }
}
