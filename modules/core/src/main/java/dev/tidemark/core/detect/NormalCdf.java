package dev.tidemark.core.detect;

/**
 * Upper tail of the standard normal distribution, to fifteen digits: Hart's rational approximation
 * 5666 (Hart et al. 1968) and, far out, the continued fraction (DLMF 7.9.4).
 */
final class NormalCdf {
  private static final double FAR = 7.07106781186547;
  private static final double NOWHERE = 37;
  private static final double ROOT_OF_TWO_PI = 2.506628274631;
  private static final double[] ABOVE = {
    0.0352624965998911,
    0.700383064443688,
    6.37396220353165,
    33.912866078383,
    112.079291497871,
    221.213596169931,
    220.206867912376
  };
  private static final double[] BELOW = {
    0.0883883476483184,
    1.75566716318264,
    16.064177579207,
    86.7807322029461,
    296.564248779674,
    637.333633378831,
    793.826512519948,
    440.413735824752
  };

  private NormalCdf() {}

  /** Probability that a standard normal variable exceeds {@code z}. */
  static double above(double z) {
    double out = Math.abs(z);
    double tail = out > NOWHERE ? 0 : tail(out);
    return z > 0 ? tail : 1 - tail;
  }

  private static double tail(double z) {
    double density = StrictMath.exp(-z * z / 2);
    if (z < FAR) {
      return density * polynomial(ABOVE, z) / polynomial(BELOW, z);
    }
    double fraction = z + 0.65;
    for (int k = 4; k > 0; k--) {
      fraction = z + k / fraction;
    }
    return density / (fraction * ROOT_OF_TWO_PI);
  }

  private static double polynomial(double[] coefficients, double z) {
    double value = 0;
    for (double coefficient : coefficients) {
      value = value * z + coefficient;
    }
    return value;
  }
}
