package dev.tidemark.core.detect;

/** Regularised incomplete beta function, by its continued fraction (DLMF 8.17.22). */
final class BetaCdf {
  private static final int STEPS = 300;
  private static final double SMALL = 1e-300;
  private static final double PRECISE = 1e-13;

  private BetaCdf() {}

  /** Probability that a Beta(a, b) variable is at most {@code p}. */
  static double of(double a, double b, double p) {
    if (p <= 0) {
      return 0;
    }
    if (p >= 1) {
      return 1;
    }
    double front =
        StrictMath.exp(a * StrictMath.log(p) + b * StrictMath.log(1 - p) - LogGamma.beta(a, b));
    return p < (a + 1) / (a + b + 2)
        ? front * fraction(a, b, p) / a
        : 1 - front * fraction(b, a, 1 - p) / b;
  }

  /** Probability that it exceeds {@code p}, exact where it is small. */
  static double above(double a, double b, double p) {
    return of(b, a, 1 - p);
  }

  /** Lentz's evaluation: c and d are the running ratios of numerators and denominators. */
  private static double fraction(double a, double b, double p) {
    double c = 1;
    double d = 1 / away(1 - (a + b) * p / (a + 1));
    double value = d;
    for (int m = 1; m <= STEPS; m++) {
      double even = m * (b - m) * p / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / away(1 + even * d);
      c = away(1 + even / c);
      value *= c * d;
      double odd = -(a + m) * (a + b + m) * p / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / away(1 + odd * d);
      c = away(1 + odd / c);
      value *= c * d;
      if (Math.abs(c * d - 1) < PRECISE) {
        break;
      }
    }
    return value;
  }

  private static double away(double value) {
    return Math.abs(value) < SMALL ? SMALL : value;
  }
}
