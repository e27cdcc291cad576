package dev.tidemark.bench.detection;

import java.util.Arrays;
import java.util.Collection;

/** Order statistics. */
final class Quantiles {
  private Quantiles() {}

  /** The value that a share of the values does not exceed; NaN without values. */
  static double of(double[] values, double share) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(1, rank) - 1];
  }

  static double of(Collection<Double> values, double share) {
    return of(values.stream().mapToDouble(Double::doubleValue).toArray(), share);
  }
}
