package dev.tidemark.core.detect;

/**
 * The logarithm of a product of many factors, taken once: factors are multiplied, and what would
 * leave the range of a double is kept as an exponent of two, exactly. Not thread-safe.
 */
final class LogProduct {
  private static final int FEW = 8;
  private static final double SMALL = 1e-200;
  private static final double LARGE = 1e200;
  private static final double LN_2 = 0.6931471805599453;

  private double product = 1;
  private long exponent;
  private double logs;

  LogProduct clear() {
    product = 1;
    exponent = 0;
    logs = 0;
    return this;
  }

  /** Multiplies by a power of a factor from 1e-12 to 1e12. */
  LogProduct times(double factor, long power) {
    if (power > FEW) {
      logs += power * Ln.of(factor);
      return this;
    }
    for (long i = 0; i < power; i++) {
      product *= factor;
    }
    return inRange();
  }

  /**
   * Multiplies by {@code from (from + 1) ...}, so many factors: Gamma(from + count) / Gamma(from).
   */
  LogProduct rising(double from, long count) {
    if (count > FEW) {
      logs += LogGamma.of(from + count) - LogGamma.of(from);
      return this;
    }
    for (long i = 0; i < count; i++) {
      product *= from + i;
    }
    return inRange();
  }

  private LogProduct inRange() {
    if (product < SMALL || product > LARGE) {
      int shift = Math.getExponent(product);
      product = Math.scalb(product, -shift);
      exponent += shift;
    }
    return this;
  }

  /** ln of the product. */
  double ln() {
    return Ln.of(product) + exponent * LN_2 + logs;
  }
}
