package dev.tidemark.core.detect;

import dev.tidemark.records.Direction;

/**
 * Likelihood ratios of every alternative of a direction against a predictive null. Against a frozen
 * baseline the last alternative is {@link OwnRate}, with half of the weight; the others share the
 * rest equally there.
 */
final class Likelihoods {
  /** Odds ratio by which a rate may wander without being a drift. */
  static final double TOLERANCE = 1.10;

  private static final double OWN_WEIGHT = 0.5;

  private Likelihoods() {}

  /** Odds ratio to the edge of what a rate may wander in a direction without being a drift. */
  static double tolerance(Direction direction) {
    return direction == Direction.UP ? TOLERANCE : 1 / TOLERANCE;
  }

  /** Weights of the alternatives; they add up to one. */
  static double[] weights(Direction direction, boolean frozen) {
    int fixed = Alternative.count(direction);
    double[] weights = new double[frozen ? fixed + 1 : fixed];
    for (int k = 0; k < fixed; k++) {
      weights[k] = frozen ? (1 - OWN_WEIGHT) / fixed : Alternative.weight(direction, k);
    }
    if (frozen) {
      weights[fixed] = OWN_WEIGHT;
    }
    return weights;
  }

  /**
   * ln L_k of n effective trials with x effective events.
   *
   * @param belief null before the trials
   * @param anchor rate that the alternatives are measured from
   * @param own that the new version has a rate of its own; null without a frozen baseline
   * @param cap largest value of any of them
   * @param out receives them; one longer beside a frozen baseline
   */
  static void log(
      Direction direction,
      BetaNull belief,
      double anchor,
      OwnRate own,
      double n,
      double x,
      double cap,
      double[] out) {
    double predictive = belief.logPredictive(n, x);
    int fixed = Alternative.count(direction);
    for (int k = 0; k < fixed; k++) {
      double q = Alternative.against(direction, k, anchor);
      double likelihood = x * Ln.of(q) + (n - x) * Ln.of(1 - q);
      out[k] = Math.min(cap, likelihood - predictive);
    }
    if (own != null) {
      out[fixed] = Math.min(cap, own.log(direction, predictive));
    }
  }

  /** ln of the weighted mean of exp(ln L_k): the evidence of the mixture. */
  static double logMixture(double[] logs, double[] weights) {
    double top = Double.NEGATIVE_INFINITY;
    for (double log : logs) {
      top = Math.max(top, log);
    }
    double sum = 0;
    for (int k = 0; k < logs.length; k++) {
      sum += weights[k] * StrictMath.exp(logs[k] - top);
    }
    return top + StrictMath.log(sum);
  }

  /** Name of an alternative for people. */
  static String label(Direction direction, int alternative) {
    return alternative < Alternative.count(direction)
        ? Alternative.label(direction, alternative)
        : OwnRate.LABEL;
  }
}
