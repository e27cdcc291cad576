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
  private final LogProduct product = new LogProduct();

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
   * @param phi over-dispersion
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
      double phi,
      double cap,
      double[] out) {
    for (int k = 0; k < BINS.length; k++) {
      double moved = direction == Direction.UP ? BINS[k] : -BINS[k];
      Histogram after = before(anchor, since, k, phi);
      out[k] =
          Math.min(cap, from.logShifted(values, moved, UNSHIFTED, settled ? after : null) - now);
    }
    int at = BINS.length;
    if (direction == Direction.UP) {
      Histogram after = settled ? before(anchor, since, at, phi) : null;
      if (!settled) {
        from.of(anchor, phi);
      }
      out[at++] = Math.min(cap, from.logTail(values, TAIL, TAIL_BINS, after) - now);
    }
    if (money) {
      double mean = surelyAbove(learned, phi);
      for (double bet : BETS) {
        out[at++] = mean == 0 ? 0 : Math.min(cap, logBet(learned, mean, values, bet));
      }
    }
    if (frozen) {
      from.of(anchor, phi);
      out[at] = own == null ? 0 : Math.min(cap, from.logOwn(own, values, OWN_PRIOR, phi) - now);
    }
  }

  /**
   * Of the own past: believes what was there before the change, while that is most of it.
   *
   * @return what came since the change, when it is left out
   */
  private Histogram before(Histogram anchor, EDetector since, int alternative, double phi) {
    Histogram after = frozen ? null : since.since(alternative);
    boolean most = after != null && 2 * after.n() <= anchor.n();
    from.of(anchor, most ? after : null, phi);
    return most ? after : null;
  }

  /** A mean that the baseline's is surely not above; 0 while too little is known. */
  private static double surelyAbove(Histogram learned, double phi) {
    if (learned.n() < KNOWN_MEAN || learned.mean() <= 0) {
      return 0;
    }
    double error = learned.deviation() * StrictMath.sqrt(phi / learned.n());
    return learned.mean() * MEAN_TOLERANCE + CERTAIN_MEAN * error;
  }

  /**
   * A bet that the mean is above the baseline's, which never pays on average if it is not; values
   * count with the lower edge of their bin (Waudby-Smith and Ramdas 2024, betting).
   */
  private double logBet(Histogram learned, double mean, EffectiveValues values, double bet) {
    product.clear();
    for (int i = 0; i < values.filled(); i++) {
      product.times(1 + bet * (learned.edge(values.bin(i)) / mean - 1), values.counted(i));
    }
    return values.weight() * product.ln();
  }
}
