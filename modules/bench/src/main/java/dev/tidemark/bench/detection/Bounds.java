package dev.tidemark.bench.detection;

import java.util.function.DoubleUnaryOperator;

/** Exact two-sided 95 % intervals of counts. */
final class Bounds {
  private static final double TAIL = 0.025;
  private static final int HALVINGS = 100;

  private Bounds() {}

  /** Lower bound of a Poisson mean. */
  static double poissonLow(long count) {
    return count == 0
        ? 0
        : solve(mean -> TAIL - (1 - poissonAtMost(count - 1, mean)), (double) count);
  }

  /** Upper bound of a Poisson mean. */
  static double poissonHigh(long count) {
    return solve(mean -> poissonAtMost(count, mean) - TAIL, poissonTop(count));
  }

  /** Lower bound of a share (Clopper and Pearson 1934). */
  static double shareLow(long count, long of) {
    return count == 0
        ? 0
        : solve(p -> TAIL - (1 - binomialAtMost(count - 1, of, p)), (double) count / of);
  }

  /** Upper bound of a share. */
  static double shareHigh(long count, long of) {
    return count == of ? 1 : solve(p -> binomialAtMost(count, of, p) - TAIL, 1);
  }

  private static double poissonTop(long count) {
    return count + 10 + 10 * Math.sqrt((double) count);
  }

  private static double poissonAtMost(long count, double mean) {
    double log = -mean;
    double sum = 0;
    for (long k = 0; k <= count; k++) {
      sum += Math.exp(log);
      log += Math.log(mean) - Math.log(k + 1.0);
    }
    return Math.min(1, sum);
  }

  private static double binomialAtMost(long count, long of, double p) {
    if (p >= 1) {
      return count >= of ? 1 : 0;
    }
    double log = of * Math.log1p(-p);
    double sum = 0;
    for (long k = 0; k <= count; k++) {
      sum += Math.exp(log);
      log += Math.log((double) (of - k)) - Math.log(k + 1.0) + Math.log(p) - Math.log1p(-p);
    }
    return Math.min(1, sum);
  }

  /** Where a falling function crosses zero between 0 and {@code top}. */
  private static double solve(DoubleUnaryOperator falling, double top) {
    double low = 0;
    double high = Math.max(top, Double.MIN_NORMAL);
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (falling.applyAsDouble(middle) > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
