package dev.tidemark.bench.baseline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Mutable base-2 exponential histogram of the OpenTelemetry data model at scale 6: bucket {@code i}
 * covers {@code (base^i, base^(i+1)]} with {@code base = 2^(1/64)}, so a quantile is off by at most
 * 0.55 %. Counts are signed, so a correction is a subtraction; values are non-negative integers in
 * the caller's unit. The same multiset of values gives the same bytes in whatever order it came.
 * Not thread-safe.
 */
public final class ExponentialSketch {
  /** Resolution: buckets per doubling is 2^scale. */
  public static final int SCALE = 6;

  private static final double BUCKETS_PER_NEPER = 64 / StrictMath.log(2);

  private int[] indexes = new int[8];
  private long[] counts = new long[8];
  private int size;
  private long zeroCount;
  private long sum;

  /** Adds {@code times} occurrences of {@code value}; {@code times} may be negative. */
  public void add(long value, long times) {
    if (value < 0) {
      throw new IllegalArgumentException("a sketch holds no negative values: " + value);
    }
    sum += value * times;
    if (value == 0) {
      zeroCount += times;
    } else {
      addBucket(indexOf(value), times);
    }
  }

  /** Adds another sketch. */
  void add(SketchSnapshot other) {
    sum += other.sum();
    zeroCount += other.zeroCount();
    int index = 0;
    for (int i = 0; i < other.indexes().size(); i++) {
      index += other.indexes().get(i);
      addBucket(index, other.counts().get(i));
    }
  }

  /** True when nothing is counted. */
  public boolean isEmpty() {
    return zeroCount == 0 && sum == 0 && firstNonZero() < 0;
  }

  /** The record of this sketch; buckets without counts are left out. */
  SketchSnapshot toRecord() {
    List<Integer> deltas = new ArrayList<>(size);
    List<Long> kept = new ArrayList<>(size);
    int previous = 0;
    for (int i = 0; i < size; i++) {
      if (counts[i] != 0) {
        deltas.add(indexes[i] - previous);
        kept.add(counts[i]);
        previous = indexes[i];
      }
    }
    return new SketchSnapshot(zeroCount, sum, deltas, kept);
  }

  /** Index of the bucket that holds {@code value > 0}. */
  static int indexOf(long value) {
    return (int) StrictMath.ceil(StrictMath.log((double) value) * BUCKETS_PER_NEPER) - 1;
  }

  private int firstNonZero() {
    for (int i = 0; i < size; i++) {
      if (counts[i] != 0) {
        return i;
      }
    }
    return -1;
  }

  private void addBucket(int index, long times) {
    int at = Arrays.binarySearch(indexes, 0, size, index);
    if (at >= 0) {
      counts[at] += times;
      return;
    }
    at = -at - 1;
    if (size == indexes.length) {
      indexes = Arrays.copyOf(indexes, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    System.arraycopy(indexes, at, indexes, at + 1, size - at);
    System.arraycopy(counts, at, counts, at + 1, size - at);
    indexes[at] = index;
    counts[at] = times;
    size++;
  }
}
