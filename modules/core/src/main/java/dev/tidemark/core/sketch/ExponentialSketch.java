package dev.tidemark.core.sketch;

import dev.tidemark.records.Sketch;
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

  private int[] indexes = new int[4];
  private long[] counts = new long[4];
  private int size;
  private long zeroCount;
  private long sum;

  /** Index of the bucket at scale 6 that holds {@code value > 0}. */
  public static int index(long value) {
    return Buckets.of(value);
  }

  /** Adds {@code times} occurrences of {@code value}; {@code times} may be negative. */
  public void add(long value, long times) {
    if (value < 0) {
      throw new IllegalArgumentException("a sketch holds no negative values: " + value);
    }
    sum += value * times;
    if (value == 0) {
      zeroCount += times;
    } else {
      addBucket(Buckets.of(value), times);
    }
  }

  /** Adds another sketch of the same scale. */
  public void add(Sketch other) {
    if (other.getScale() != SCALE) {
      throw new IllegalArgumentException("cannot merge sketches of scale " + other.getScale());
    }
    addSums(other.getZeroCount(), other.getSum());
    int index = 0;
    for (int i = 0; i < other.getIndexes().size(); i++) {
      index += other.getIndexes().get(i);
      addBucket(index, other.getCounts().get(i));
    }
  }

  /** Adds another sketch. */
  public void add(ExponentialSketch other) {
    addSums(other.zeroCount, other.sum);
    for (int i = 0; i < other.size; i++) {
      addBucket(other.indexes[i], other.counts[i]);
    }
  }

  /** Adds what stands outside the buckets: values of zero, and the sum of all values. */
  public void addSums(long zeros, long total) {
    zeroCount += zeros;
    sum += total;
  }

  /** Adds to a bucket. */
  public void addBucket(int index, long times) {
    int at = size > 0 && index > indexes[size - 1] ? -size - 1 : find(index);
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

  private int find(int index) {
    return Arrays.binarySearch(indexes, 0, size, index);
  }

  /** True when nothing is counted. */
  public boolean isEmpty() {
    return zeroCount == 0 && sum == 0 && filled() == 0;
  }

  /** Number of values counted. */
  public long count() {
    long count = zeroCount;
    for (int i = 0; i < size; i++) {
      count += counts[i];
    }
    return count;
  }

  /** Values of zero. */
  public long zeroCount() {
    return zeroCount;
  }

  /** Sum of all values. */
  public long sum() {
    return sum;
  }

  /** Buckets with counts. */
  public int filled() {
    int filled = 0;
    for (int i = 0; i < size; i++) {
      filled += counts[i] != 0 ? 1 : 0;
    }
    return filled;
  }

  /** Buckets held, with or without counts; {@link #index} and {@link #count(int)} name them. */
  public int buckets() {
    return size;
  }

  /** Index of the {@code i}-th bucket held, ascending. */
  public int index(int i) {
    return indexes[i];
  }

  /** Count of the {@code i}-th bucket held. */
  public long count(int i) {
    return counts[i];
  }

  /** The record of this sketch; buckets without counts are left out. */
  public Sketch toRecord() {
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
    return new Sketch(SCALE, zeroCount, sum, deltas, kept);
  }
}
