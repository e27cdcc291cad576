package dev.tidemark.core.detect;

/**
 * How likely the values of a window are if a part of the distribution, or all of it but a small
 * part, has moved by so many bins; zero never moves. All shapes are followed at once, bin by bin.
 * Not thread-safe.
 */
final class ShapeLikelihoods {
  private static final double SUPPOSED = 3_000;
  private static final Histogram NOTHING = new Histogram(0);

  private final int size;
  private final int[] whole;
  private final double[] near;
  private final double[] far;
  private final double[] stay;
  private final double[][] priors;

  private final Histogram[] without;
  private final Histogram[] after;
  private final boolean[] learns;
  private final double[] factors = new double[Histogram.BINS];

  /**
   * @param bins by which each shape has moved, up or down
   * @param stay part of the values that has not
   */
  ShapeLikelihoods(double[] bins, double[] stay) {
    this.size = bins.length;
    this.stay = stay;
    whole = new int[size];
    near = new double[size];
    far = new double[size];
    for (int k = 0; k < size; k++) {
      whole[k] = (int) StrictMath.floor(bins[k]);
      far[k] = (1 - stay[k]) * (bins[k] - whole[k]);
      near[k] = 1 - stay[k] - far[k];
    }
    priors = new double[size][Histogram.BINS];
    for (int k = 0; k < size; k++) {
      for (int bin = 1; bin < Histogram.BINS; bin++) {
        double moved = near[k] * seen(bin - whole[k]) + far[k] * seen(bin - whole[k] - 1);
        priors[k][bin] = HistogramNull.PRIOR * (moved + stay[k]);
      }
    }
    without = new Histogram[size];
    after = new Histogram[size];
    learns = new boolean[size];
  }

  private static double seen(int bin) {
    return bin < 1 || bin >= Histogram.BINS ? 0 : 1;
  }

  int size() {
    return size;
  }

  /**
   * What came since the change that a shape tells.
   *
   * @param part left out of what the shape is measured from; null for nothing
   * @param learned whether the shape learns from it
   */
  void since(int shape, Histogram part, boolean learned) {
    without[shape] = part == null ? NOTHING : part;
    learns[shape] = part != null && learned;
    after[shape] = learns[shape] ? part : NOTHING;
  }

  /**
   * ln of the likelihood of values under each shape.
   *
   * @param anchor values that the shapes are measured from
   * @param out receives them
   */
  void log(Histogram anchor, EffectiveValues values, double[] out) {
    for (int k = 0; k < size; k++) {
      out[k] = log(k, anchor, values);
    }
  }

  /**
   * What a shape supposes counts as much as so many calls for one that learns. No change is exactly
   * what was supposed, and without this the null, which learns every change, would come to know it
   * better.
   */
  private double log(int k, Histogram anchor, EffectiveValues values) {
    Histogram left = without[k];
    Histogram learned = after[k];
    double weight = values.weight();
    long n = anchor.n() - left.n();
    double scale = HistogramNull.scale(n, weight);
    double total = HistogramNull.total(n * scale);
    double all = learns[k] ? SUPPOSED + learned.n() * weight : total;
    double perAlpha = (learns[k] ? SUPPOSED / total : 1) / all;
    double perCall = weight / all;
    double perNear = near[k] * scale * perAlpha;
    double perFar = far[k] * scale * perAlpha;
    double perStay = stay[k] * scale * perAlpha;
    for (int i = 0; i < values.filled(); i++) {
      int bin = values.bin(i);
      int from = bin - whole[k];
      double here = anchor.real(bin) - left.real(bin);
      factors[i] =
          priors[k][bin] * perAlpha
              + perNear * (anchor.positive(from) - left.positive(from))
              + perFar * (anchor.positive(from - 1) - left.positive(from - 1))
              + perStay * here
              + perCall * learned.real(bin);
    }
    if (values.filled() > 0 && values.bin(0) == 0) {
      double zeroes = HistogramNull.PRIOR + scale * (anchor.real(0) - left.real(0));
      factors[0] = zeroes * perAlpha + perCall * learned.real(0);
    }
    return values.log(factors);
  }
}
