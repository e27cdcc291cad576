package dev.tidemark.core.detect;

/** The filled bins of a window at effective counts. Reused from window to window. */
final class EffectiveValues {
  private final int[] bins = new int[Histogram.BINS];
  private final double[] counts = new double[Histogram.BINS];
  private int filled;
  private double n;

  EffectiveValues of(Histogram values, double phi) {
    filled = 0;
    n = values.n() / phi;
    for (int b = 0; b < Histogram.BINS; b++) {
      if (values.count(b) > 0) {
        bins[filled] = b;
        counts[filled++] = values.count(b) / phi;
      }
    }
    return this;
  }

  int filled() {
    return filled;
  }

  int bin(int i) {
    return bins[i];
  }

  double count(int i) {
    return counts[i];
  }

  double n() {
    return n;
  }
}
