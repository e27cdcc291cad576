package dev.tidemark.core.window;

import java.util.Arrays;

/**
 * All whole-number sums of a window as a sparse vector: a bit per sum that was ever added to, the
 * values densely behind it. Most windows fill a handful of about sixty. Not thread-safe.
 */
final class Sums {
  private static final int COUNTERS = Counter.values().length;

  /** Where the ten cluster sums begin, in the field order of {@code ClusterSums}. */
  static final int CLUSTERS = COUNTERS;

  static final int CLUSTER_COUNT = 10;
  static final int COUNTED = CLUSTERS + CLUSTER_COUNT;
  static final int LATE = COUNTED + 1;
  static final int CORRECTED = COUNTED + 2;
  static final int SIZE = COUNTED + 3;

  private long mask;
  private long[] values = new long[8];

  void add(int slot, long delta) {
    long bit = 1L << slot;
    int at = Long.bitCount(mask & (bit - 1));
    if ((mask & bit) != 0) {
      values[at] += delta;
      return;
    }
    if (delta == 0) {
      return;
    }
    int size = Long.bitCount(mask);
    if (size == values.length) {
      values = Arrays.copyOf(values, size + 8);
    }
    System.arraycopy(values, at, values, at + 1, size - at);
    values[at] = delta;
    mask |= bit;
  }

  long get(int slot) {
    long bit = 1L << slot;
    return (mask & bit) == 0 ? 0 : values[Long.bitCount(mask & (bit - 1))];
  }

  /** Adds the sums of {@code other} whose bits are in {@code slots}. */
  void add(Sums other, long slots) {
    int at = 0;
    for (long rest = other.mask; rest != 0; rest &= rest - 1) {
      int slot = Long.numberOfTrailingZeros(rest);
      if ((slots & (1L << slot)) != 0) {
        add(slot, other.values[at]);
      }
      at++;
    }
  }

  /** The bits of the sums that are not zero. */
  long filled() {
    long filled = 0;
    int at = 0;
    for (long rest = mask; rest != 0; rest &= rest - 1) {
      if (values[at++] != 0) {
        filled |= rest & -rest;
      }
    }
    return filled;
  }
}
