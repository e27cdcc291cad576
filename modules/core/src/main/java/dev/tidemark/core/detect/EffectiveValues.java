package dev.tidemark.core.detect;

/** The filled bins of a window at effective counts. Reused from window to window. */
final class EffectiveValues {
  /** So many factors from 1e-15 to 1e15 times the square of a product in its bounds are safe. */
  private static final int SAFE = 10;

  private static final double SMALL = 1e-70;
  private static final double LARGE = 1e70;

  private static final int MOST_GROUPS = Long.SIZE * (1 + Histogram.BINS / SAFE) + 1;

  private static final int BIAS = Double.MAX_EXPONENT;
  private static final int FRACTION_BITS = 52;
  private static final double LN_2 = 0.6931471805599453;

  private final int[] bins = new int[Histogram.BINS];
  private final int[] slots = new int[Histogram.BINS];
  private final long[] counts = new long[Histogram.BINS];
  private int filled;
  private int lowestSlot = Histogram.SLOTS;
  private long n;
  private double weight = 1;

  /**
   * Slots of bins whose counts hold the same power of two, at most so many that a product is safe.
   */
  private final int[] members = new int[Long.SIZE * Histogram.BINS];

  private final int[] groupEnds = new int[MOST_GROUPS];

  /** Whether a group is the first of a power of two, from the largest to one. */
  private final boolean[] nextPower = new boolean[MOST_GROUPS];

  private int groups;

  EffectiveValues of(Histogram values, double phi) {
    filled = 0;
    n = values.n();
    weight = 1 / phi;
    long all = 0;
    double[] seen = values.slots();
    int last = Histogram.slot(values.highest());
    for (int slot = Histogram.slot(values.lowest()); slot <= last; slot++) {
      long count = (long) seen[slot];
      if (count > 0) {
        bins[filled] = Histogram.bin(slot);
        slots[filled] = slot;
        counts[filled++] = count;
        all |= count;
      }
    }
    int positive = filled > 0 && bins[0] == 0 ? 1 : 0;
    lowestSlot = positive < filled ? slots[positive] : Histogram.SLOTS;
    group(all);
    return this;
  }

  private void group(long allBits) {
    groups = 0;
    int end = 0;
    for (int bit = Long.SIZE - 1 - Long.numberOfLeadingZeros(allBits); bit >= 0; bit--) {
      int start = end;
      for (int i = 0; i < filled; i++) {
        members[end] = slots[i];
        end += (int) (counts[i] >> bit & 1);
      }
      nextPower[groups] = true;
      do {
        start = Math.min(start + SAFE, end);
        groupEnds[groups++] = start;
        nextPower[groups] = false;
      } while (start < end);
    }
  }

  /** Lowest slot of a filled bin of positive values. */
  int lowestSlot() {
    return lowestSlot;
  }

  /** Highest slot of a filled bin; below the lowest when no positive value was counted. */
  int highestSlot() {
    return filled == 0 ? 0 : slots[filled - 1];
  }

  int filled() {
    return filled;
  }

  int bin(int i) {
    return bins[i];
  }

  /** Where it is among the factors of {@link #log}. */
  int slot(int i) {
    return slots[i];
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
   * ln of a product over all values. Counts are sums of powers of two: from the largest power down
   * the product so far is squared and multiplied by the factors of the bins that hold the next, so
   * one logarithm is enough and nothing branches on a count.
   *
   * @param factors from 1e-15 to 1e15, for the values of each filled bin at its slot
   */
  double log(double[] factors) {
    double product = 1;
    long exponent = 0;
    int m = 0;
    for (int g = 0; g < groups; g++) {
      if (nextPower[g]) {
        product *= product;
        exponent *= 2;
      }
      double group = 1;
      for (; m < groupEnds[g]; m++) {
        group *= factors[members[m]];
      }
      product *= group;
      if (product < SMALL || product > LARGE) {
        int shift = Math.getExponent(product);
        product *= Double.longBitsToDouble((long) (BIAS - shift) << FRACTION_BITS);
        exponent += shift;
      }
    }
    return weight * (Ln.of(product) + exponent * LN_2);
  }
}
