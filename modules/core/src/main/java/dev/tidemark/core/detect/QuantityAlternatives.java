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
  private static final double[] BINS = new double[FACTORS.length];

  /** Weights of the factors and the tail beside the own past: most in the middle. */
  private static final double[] SHAPES = {0.15, 0.3, 0.25, 0.15, 0.15};

  private static final double[] BETS = {0.02, 0.06, 0.18, 0.5};
  private static final double MEAN_TOLERANCE = 1.05;
  private static final double UNSHIFTED = 0.02;
  private static final double TAIL = 0.05;
  private static final int TAIL_BINS = 4;
  private static final double CERTAIN_MEAN = 2.33;
  private static final long KNOWN_MEAN = 2_000;
  private static final double OWN_PRIOR = 8;
  private static final double OWN_WEIGHT = 0.35;
  private static final double BET_WEIGHT = 0.1;

  static {
    for (int k = 0; k < FACTORS.length; k++) {
      BINS[k] = StrictMath.log(FACTORS[k]) / StrictMath.log(2) * Histogram.PER_DOUBLING;
    }
  }

  private final Direction direction;
  private final boolean money;
  private final boolean frozen;
  private final double[] weights;
  private final HistogramNull from = new HistogramNull();
  private final ShapeLikelihoods shapes;
  private final double[] gains = new double[Histogram.SLOTS];

  QuantityAlternatives(Direction direction, boolean money, boolean frozen) {
    this.direction = direction;
    this.money = money && direction == Direction.UP;
    this.frozen = frozen;
    this.weights = weigh();
    this.shapes = shapes(direction);
  }

  private static ShapeLikelihoods shapes(Direction direction) {
    boolean up = direction == Direction.UP;
    double[] bins = new double[BINS.length + (up ? 1 : 0)];
    double[] stay = new double[bins.length];
    for (int k = 0; k < BINS.length; k++) {
      bins[k] = up ? BINS[k] : -BINS[k];
      stay[k] = UNSHIFTED;
    }
    if (up) {
      bins[BINS.length] = TAIL_BINS;
      stay[BINS.length] = 1 - TAIL;
    }
    return new ShapeLikelihoods(bins, stay);
  }

  private double[] weigh() {
    int shapes = FACTORS.length + (direction == Direction.UP ? 1 : 0);
    double own = frozen ? OWN_WEIGHT : 0;
    double bets = money ? BET_WEIGHT : 0;
    double[] all = new double[shapes + (money ? BETS.length : 0) + (frozen ? 1 : 0)];
    double shared = 0;
    for (int k = 0; k < shapes; k++) {
      all[k] = frozen ? 1 : SHAPES[k];
      shared += all[k];
    }
    for (int k = 0; k < shapes; k++) {
      all[k] *= (1 - own - bets) / shared;
    }
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
   * @param now what is believed, without the window
   * @param anchor values that the alternatives are measured from
   * @param since the alternatives so far: of the own past each is measured from what was there
   *     before the change it tells; null beside a frozen baseline
   * @param settled whether seasons of the own past are known: then the alternatives learn from what
   *     came since their changes
   * @param learned what the null has learned, without the window
   * @param own whether a new version alone has moved this way; its values, else null
   * @param values of the window
   * @param cap largest value of any of them
   * @param out receives them
   */
  void log(
      double now,
      Histogram anchor,
      EDetector since,
      boolean settled,
      Histogram learned,
      Histogram own,
      EffectiveValues values,
      double cap,
      double[] out) {
    int tail = BINS.length;
    shapes.of(anchor, values.weight());
    for (int k = 0; k < shapes.size(); k++) {
      boolean whole = !settled && k == tail;
      Histogram after = frozen || whole ? null : minority(since.since(k), anchor);
      out[k] = Math.min(cap, shapes.log(k, after, settled, values) - now);
    }
    int at = shapes.size();
    if (money) {
      double mean = surelyAbove(learned, values);
      bet(learned, mean, values, cap, at, out);
      at += BETS.length;
    }
    if (frozen) {
      from.of(anchor, values.weight());
      out[at] = own == null ? 0 : Math.min(cap, from.logOwn(own, values, OWN_PRIOR) - now);
    }
  }

  /** What came since a change while it is no more than what was there before; else null. */
  private static Histogram minority(Histogram after, Histogram anchor) {
    return after.n() > 0 && 2 * after.n() <= anchor.n() ? after : null;
  }

  /** A mean that the baseline's is surely not above; 0 while too little is known. */
  private static double surelyAbove(Histogram learned, EffectiveValues values) {
    if (learned.n() < KNOWN_MEAN || learned.mean() <= 0) {
      return 0;
    }
    double error = learned.deviation() * StrictMath.sqrt(1 / (learned.n() * values.weight()));
    return learned.mean() * MEAN_TOLERANCE + CERTAIN_MEAN * error;
  }

  /**
   * Bets that the mean is above the baseline's, which never pay on average if it is not; values
   * count with the lower edge of their bin (Waudby-Smith and Ramdas 2024, betting).
   *
   * @param mean that it is surely not above; 0 while unknown, then nothing is bet
   */
  private void bet(
      Histogram learned, double mean, EffectiveValues values, double cap, int at, double[] out) {
    for (int k = 0; k < BETS.length; k++) {
      for (int i = 0; i < values.filled(); i++) {
        gains[values.slot(i)] =
            mean > 0 ? 1 + BETS[k] * (learned.edge(values.bin(i)) / mean - 1) : 1;
      }
      out[at + k] = Math.min(cap, values.log(gains));
    }
  }
}
