package dev.tidemark.bench.windows;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Smallest, middle and largest of repeated measurements. */
record Spread(double min, double median, double max) {
  static Spread of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(sorted[0], median, sorted[sorted.length - 1]);
  }

  /** The value below which a share {@code q} of the values lies, by the nearest rank. */
  static double quantile(double[] values, double q) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.max(0, Math.ceil(q * sorted.length) - 1)];
  }

  @Override
  public String toString() {
    return min == max
        ? String.format(Locale.ROOT, "%.2f", median)
        : String.format(Locale.ROOT, "%.2f (%.2f-%.2f)", median, min, max);
  }
}
