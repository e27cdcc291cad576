package dev.tidemark.core.detect;

/** The filled bins of a window at effective counts. Reused from window to window. */
final class EffectiveValues {
  private final int[] bins = new int[Histogram.BINS];
  private final long[] counts = new long[Histogram.BINS];
  private int filled;
  private long n;
  private double phi = 1;

  EffectiveValues of(Histogram values, double phi) {
    filled = 0;
    n = values.n();
    this.phi = phi;
    for (int b = 0; b < Histogram.BINS; b++) {
      if (values.count(b) > 0) {
        bins[filled] = b;
        counts[filled++] = values.count(b);
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

  /** Values in it as counted. */
  long counted(int i) {
    return counts[i];
  }

  /** Values in it at effective counts. */
  double count(int i) {
    return counts[i] / phi;
  }

  /** All of them at effective counts. */
  double n() {
    return n / phi;
  }

  /** Effective values for each one counted. */
  double weight() {
    return 1 / phi;
  }

  /** All of them as counted. */
  long counted() {
    return n;
  }
}
