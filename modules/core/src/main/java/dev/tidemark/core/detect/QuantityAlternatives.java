package dev.tidemark.core.detect;

import dev.tidemark.records.Direction;
import java.util.Arrays;

/**
 * What a detector of quantities looks for: the whole distribution moved by a factor; rising, a
 * twentieth of the values moved up by four (a tail), and of money the mean itself (a bet that pays
 * with each value, whatever the shape); against a frozen baseline, a distribution of its own.
 */
final class QuantityAlternatives {
  private static final double[] FACTORS = {1.12, 1.3, 1.6, 2.5};
  private static final double[] BETS = {0.02, 0.06, 0.18, 0.5};
  private static final double TOLERANCE = 1.05;
  private static final double MEAN_TOLERANCE = 1.05;
  private static final double UNSHIFTED = 0.02;
  private static final double TAIL = 0.05;
  private static final int TAIL_BINS = 4;
  private static final double CERTAIN_MEAN = 2.33;
  private static final long KNOWN_MEAN = 200;
  private static final double OWN_PRIOR = 8;
  private static final double OWN_WEIGHT = 0.35;
  private static final double BET_WEIGHT = 0.2;

  private final Direction direction;
  private final boolean money;
  private final boolean frozen;
  private final double[] weights;

  QuantityAlternatives(Direction direction, boolean money, boolean frozen) {
    this.direction = direction;
    this.money = money && direction == Direction.UP;
    this.frozen = frozen;
    this.weights = weigh();
  }

  private double[] weigh() {
    int shapes = FACTORS.length + (direction == Direction.UP ? 1 : 0);
    double own = frozen ? OWN_WEIGHT : 0;
    double bets = money ? BET_WEIGHT : 0;
    double[] all = new double[shapes + (money ? BETS.length : 0) + (frozen ? 1 : 0)];
    Arrays.fill(all, 0, shapes, (1 - own - bets) / shapes);
    if (money) {
      Arrays.fill(all, shapes, shapes + BETS.length, bets / BETS.length);
    }
    if (frozen) {
      all[all.length - 1] = own;
    }
    return all;
  }

  /** Weights of the alternatives; they add up to one. */
  double[] weights() {
    return weights;
  }

  /** Name of an alternative for people. */
  String label(int alternative) {
    if (alternative < FACTORS.length) {
      return "all values x" + factor(alternative);
    }
    if (frozen && alternative == weights.length - 1) {
      return "own distribution";
    }
    return direction == Direction.UP && alternative == FACTORS.length ? "tail x4" : "mean";
  }

  private double factor(int alternative) {
    double factor = FACTORS[alternative];
    return direction == Direction.UP ? factor : StrictMath.rint(1000 / factor) / 1000;
  }

  /**
   * ln L_k of the values of a window.
   *
   * @param belief what is known, without the window
   * @param anchor distribution that the alternatives are measured from
   * @param own what a new version alone has shown; null without a frozen baseline
   * @param values of the window
   * @param phi over-dispersion
   * @param cap largest value of any of them
   * @param out receives them
   */
  void log(
      Histogram belief,
      Histogram anchor,
      Histogram own,
      Histogram values,
      double phi,
      double cap,
      double[] out) {
    HistogramNull now = new HistogramNull(belief, phi);
    HistogramNull from = anchor == belief ? now : new HistogramNull(anchor, phi);
    double edge = StrictMath.log(TOLERANCE) / StrictMath.log(2) * Histogram.PER_DOUBLING;
    double signed = direction == Direction.UP ? edge : -edge;
    double predictive = now.logPredictive(values, signed, phi);
    for (int k = 0; k < FACTORS.length; k++) {
      double bins = edge + StrictMath.log(FACTORS[k]) / StrictMath.log(2) * Histogram.PER_DOUBLING;
      double moved = direction == Direction.UP ? bins : -bins;
      out[k] = Math.min(cap, from.logShifted(values, moved, UNSHIFTED, phi) - predictive);
    }
    int at = FACTORS.length;
    if (direction == Direction.UP) {
      out[at++] = Math.min(cap, from.logTail(values, TAIL, TAIL_BINS, phi) - predictive);
    }
    if (money) {
      for (double bet : BETS) {
        out[at++] = Math.min(cap, logBet(belief, values, bet, phi));
      }
    }
    if (frozen) {
      boolean beyond =
          own.n() > 0 && (own.meanBin() - anchor.meanBin()) * Math.signum(signed) > edge;
      double log = beyond ? from.logOwn(own, values, OWN_PRIOR, phi) - predictive : 0;
      out[at] = Math.min(cap, log);
    }
  }

  /**
   * A bet that the mean is above the baseline's, which never pays on average if it is not; values
   * count with the lower edge of their bin (Waudby-Smith and Ramdas 2024, betting).
   */
  private static double logBet(Histogram belief, Histogram values, double bet, double phi) {
    if (belief.n() < KNOWN_MEAN || belief.mean() <= 0) {
      return 0;
    }
    double error = belief.deviation() * StrictMath.sqrt(phi / belief.n());
    double mean = belief.mean() * MEAN_TOLERANCE + CERTAIN_MEAN * error;
    double log = 0;
    for (int b = 0; b < Histogram.BINS; b++) {
      if (values.count(b) > 0) {
        log += values.count(b) * StrictMath.log(1 + bet * (values.edge(b) / mean - 1));
      }
    }
    return log / phi;
  }
}
