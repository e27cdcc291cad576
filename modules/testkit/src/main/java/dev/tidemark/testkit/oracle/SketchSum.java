package dev.tidemark.testkit.oracle;

import dev.tidemark.records.Sketch;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A base-2 exponential histogram by its definition (OpenTelemetry data model): at scale 6 bucket i
 * holds the values in (2^(i/64), 2^((i+1)/64)], compared in whole numbers.
 */
final class SketchSum {
  private static final int SCALE = 6;

  private final Map<Integer, Long> buckets = new TreeMap<>();
  private long zeros;
  private long sum;

  void add(long value) {
    sum += value;
    if (value == 0) {
      zeros++;
    } else {
      buckets.merge(bucket(value), 1L, Long::sum);
    }
  }

  /** Bucket of a positive value: v^64 lies in (2^i, 2^(i+1)]. */
  static int bucket(long value) {
    BigInteger power = BigInteger.valueOf(value).pow(1 << SCALE);
    return power.subtract(BigInteger.ONE).bitLength() - 1;
  }

  /** The record, or null when nothing was added. */
  Sketch toRecord() {
    if (zeros == 0 && buckets.isEmpty()) {
      return null;
    }
    List<Integer> steps = new ArrayList<>();
    int at = 0;
    for (int index : buckets.keySet()) {
      steps.add(index - at);
      at = index;
    }
    return new Sketch(SCALE, zeros, sum, steps, new ArrayList<>(buckets.values()));
  }
}
