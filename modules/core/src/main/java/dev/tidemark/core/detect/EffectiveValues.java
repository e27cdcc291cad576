package dev.tidemark.core.detect;

/** The filled bins of a window at effective counts. Reused from window to window. */
final class EffectiveValues {
  /** The product of so many factors from 1e-15 to 1e15 stays in the range of a double. */
  private static final int SAFE = 20;

  private static final int MOST_GROUPS = Long.SIZE * (1 + Histogram.BINS / SAFE);

  private final int[] bins = new int[Histogram.BINS];
  private final long[] counts = new long[Histogram.BINS];
  private int filled;
  private long n;
  private double weight = 1;

  /** Bins whose counts hold the same power of two, at most so many that a product is safe. */
  private final int[] members = new int[Long.SIZE * Histogram.BINS];

  private final int[] groupEnds = new int[MOST_GROUPS];
  private final double[] groupPowers = new double[MOST_GROUPS];
  private int groups;

  EffectiveValues of(Histogram values, double phi) {
    filled = 0;
    n = values.n();
    weight = 1 / phi;
    long all = 0;
    for (int b = values.lowest(); b <= values.highest(); b++) {
      long count = values.count(b);
      if (count > 0) {
        bins[filled] = b;
        counts[filled++] = count;
        all |= count;
      }
    }
    group(all);
    return this;
  }

  private void group(long allBits) {
    groups = 0;
    int end = 0;
    for (int bit = 0; allBits >> bit > 0; bit++) {
      int start = end;
      for (int i = 0; i < filled; i++) {
        members[end] = i;
        end += (int) (counts[i] >> bit & 1);
      }
      while (start < end) {
        start = Math.min(start + SAFE, end);
        groupEnds[groups] = start;
        groupPowers[groups++] = 1L << bit;
      }
    }
  }

  int filled() {
    return filled;
  }

  int bin(int i) {
    return bins[i];
  }

  /** Values in it at effective counts. */
  double count(int i) {
    return counts[i] * weight;
  }

  /** All of them at effective counts. */
  double n() {
    return n * weight;
  }

  /** Effective values for each one counted. */
  double weight() {
    return weight;
  }

  /**
   * ln of a product over all values. Counts are sums of powers of two, so bins that hold the same
   * power share one logarithm, and nothing branches on a count.
   *
   * @param factors from 1e-15 to 1e15, one for the values of each filled bin
   */
  double log(double[] factors) {
    double log = 0;
    int m = 0;
    for (int g = 0; g < groups; g++) {
      double product = 1;
      for (; m < groupEnds[g]; m++) {
        product *= factors[members[m]];
      }
      log += groupPowers[g] * Ln.of(product);
    }
    return weight * log;
  }
}
