package dev.tidemark.core.detect;

import dev.tidemark.records.Direction;
import java.util.List;

/** Likelihood ratios of every alternative of a direction against a predictive null. */
final class Likelihoods {
  private Likelihoods() {}

  /** Odds ratio by which a rate may wander without being called a drift. */
  static final double TOLERANCE = 1.10;

  /** Moves a baseline to the edge of what is tolerated in a direction. */
  static double tolerance(Direction direction) {
    return direction == Direction.UP ? TOLERANCE : 1 / TOLERANCE;
  }

  /**
   * ln L_k of n effective trials with x effective events.
   *
   * @param belief null before the trials, not yet moved by the tolerance
   * @param anchor rate that the alternatives are measured from, not yet moved by the tolerance
   * @param cap largest value of any of them
   */
  static double[] log(
      Direction direction, BetaNull belief, double anchor, double n, double x, double cap) {
    double predictive = belief.shifted(tolerance(direction)).logPredictive(n, x);
    double edge = Odds.scale(anchor, tolerance(direction));
    List<Alternative> alternatives = Alternative.of(direction);
    double[] logs = new double[alternatives.size()];
    for (int k = 0; k < logs.length; k++) {
      double q = alternatives.get(k).against(edge);
      double likelihood = x * StrictMath.log(q) + (n - x) * StrictMath.log(1 - q);
      logs[k] = Math.min(cap, likelihood - predictive);
    }
    return logs;
  }

  /** ln of the mean of exp(ln L_k): the evidence of the mixture. */
  static double logMixture(double[] logs) {
    double top = Double.NEGATIVE_INFINITY;
    for (double log : logs) {
      top = Math.max(top, log);
    }
    double sum = 0;
    for (double log : logs) {
      sum += StrictMath.exp(log - top);
    }
    return top + StrictMath.log(sum / logs.length);
  }
}
