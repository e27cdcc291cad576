package dev.tidemark.core.detect;

/**
 * How likely the values of a window are if a part of the distribution, or all of it but a small
 * part, has moved by so many bins; zero never moves. Not thread-safe.
 */
final class ShapeLikelihoods {
  private static final double SUPPOSED = 3_000;

  private final int size;
  private final int[] moved;
  private final double[] near;
  private final double[] far;
  private final double[] stay;
  private final double[][] priors;

  private final double[] rest = new double[Histogram.SLOTS];
  private final double[] shares = new double[Histogram.SLOTS];

  private Histogram anchor;
  private double perCall;
  private double perPrior;

  /**
   * @param bins by which each shape has moved, up or down
   * @param stay part of the values that has not
   */
  ShapeLikelihoods(double[] bins, double[] stay) {
    this.size = bins.length;
    this.stay = stay;
    moved = new int[size];
    near = new double[size];
    far = new double[size];
    for (int k = 0; k < size; k++) {
      moved[k] = (int) StrictMath.floor(bins[k]);
      far[k] = (1 - stay[k]) * (bins[k] - moved[k]);
      near[k] = 1 - stay[k] - far[k];
    }
    priors = new double[size][Histogram.SLOTS];
    for (int k = 0; k < size; k++) {
      for (int bin = 1; bin < Histogram.BINS; bin++) {
        double share = near[k] * seen(bin - moved[k]) + far[k] * seen(bin - moved[k] - 1);
        priors[k][Histogram.slot(bin)] = HistogramNull.PRIOR * (share + stay[k]);
      }
    }
  }

  private static double seen(int bin) {
    return bin < 1 || bin >= Histogram.BINS ? 0 : 1;
  }

  int size() {
    return size;
  }

  /** What the shapes are measured from, at effective counts of so much for each one counted. */
  ShapeLikelihoods of(Histogram values, double weight) {
    anchor = values;
    double scale = HistogramNull.scale(values.n(), weight);
    perPrior = 1 / HistogramNull.total(values.n() * scale);
    perCall = scale * perPrior;
    return this;
  }

  /**
   * ln of the likelihood of values under a shape.
   *
   * @param since what of the anchor came since the change that the shape tells, and is left out;
   *     null for nothing
   * @param learns whether the shape learns from what came since
   */
  double log(int shape, Histogram since, boolean learns, EffectiveValues values) {
    if (since == null) {
      move(shape, anchor.slots(), perCall, perPrior, values);
    } else {
      long n = anchor.n() - since.n();
      double scale = HistogramNull.scale(n, values.weight());
      double inverse = 1 / HistogramNull.total(n * scale);
      move(shape, left(since, values), scale * inverse, inverse, values);
      if (learns) {
        learn(since, values);
      }
    }
    return values.log(shares);
  }

  /** What was there before the change, as far as the values of the window can come from. */
  private double[] left(Histogram since, EffectiveValues values) {
    double[] all = anchor.slots();
    double[] part = since.slots();
    int last = values.highestSlot() + Histogram.PAD;
    for (int slot = values.lowestSlot() - Histogram.PAD; slot <= last; slot++) {
      rest[slot] = all[slot] - part[slot];
    }
    rest[0] = all[0] - part[0];
    return rest;
  }

  /** What was counted and what each bin has to begin with, where the shape has moved it. */
  private void move(
      int k, double[] counts, double perCall, double perPrior, EffectiveValues values) {
    int by = moved[k];
    double perNear = near[k] * perCall;
    double perFar = far[k] * perCall;
    double perStay = stay[k] * perCall;
    double[] prior = priors[k];
    double[] told = shares;
    int last = values.highestSlot();
    for (int slot = values.lowestSlot(); slot <= last; slot++) {
      told[slot] =
          prior[slot] * perPrior
              + perNear * counts[slot - by]
              + perFar * counts[slot - by - 1]
              + perStay * counts[slot];
    }
    told[0] = HistogramNull.PRIOR * perPrior + perCall * counts[0];
  }

  /**
   * What a shape supposes counts as much as so many calls for one that learns. No change is exactly
   * what was supposed, and without this the null, which learns every change, would come to know it
   * better.
   */
  private void learn(Histogram since, EffectiveValues values) {
    double all = SUPPOSED + since.n() * values.weight();
    double perShare = SUPPOSED / all;
    double perCall = values.weight() / all;
    double[] seen = since.slots();
    double[] told = shares;
    int last = values.highestSlot();
    for (int slot = values.lowestSlot(); slot <= last; slot++) {
      told[slot] = told[slot] * perShare + seen[slot] * perCall;
    }
    told[0] = told[0] * perShare + seen[0] * perCall;
  }
}
