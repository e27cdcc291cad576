package dev.tidemark.core.detect;

/**
 * Logarithms of the gamma and beta functions: Stirling's series after a shift to 12 or more, with
 * plain arithmetic and fixed constants, so that every machine gives the same bits.
 */
final class LogGamma {
  private static final double HALF_LN_TWO_PI = 0.9189385332046727;

  private static final double LARGE = 64;

  private LogGamma() {}

  /** ln Gamma(x) for x above 0; absolute error below 1e-12 times the size of the result. */
  static double of(double x) {
    double shift = 1;
    double y = x;
    while (y < 12) {
      shift *= y;
      y += 1;
    }
    double inverse = 1 / y;
    double square = inverse * inverse;
    double series =
        inverse
            * (1.0 / 12
                - square
                    * (1.0 / 360
                        - square * (1.0 / 1260 - square * (1.0 / 1680 - square * (1.0 / 1188)))));
    double whole = (y - 0.5) * Ln.of(y) - y + HALF_LN_TWO_PI + series;
    return shift == 1 ? whole : whole - Ln.of(shift);
  }

  /** ln Gamma(from + by) / Gamma(from) for positive {@code from} and {@code by}. */
  static double rising(double from, double by) {
    return isLarge(from, by) ? by * Ln.of(from) + afterPower(from, by) : of(from + by) - of(from);
  }

  /** Whether {@link #afterPower} is right to 1e-11 of {@code by}; of a single step it is exact. */
  static boolean isLarge(double from, double by) {
    return by == 1 || from >= LARGE * Math.max(1, by);
  }

  /**
   * ln of Gamma(from + by) / (Gamma(from) from^by) for a large {@code from}: four terms of the
   * series in its inverse (Tricomi and Erdelyi 1951).
   */
  static double afterPower(double from, double by) {
    double inverse = 1 / from;
    double pairs = by * (by - 1) * inverse;
    double odd = (2 * by - 1) * inverse;
    double fourth = odd * inverse * (3 * pairs - inverse) * (1.0 / 120);
    return pairs * (0.5 - (odd - pairs * inverse) * (1.0 / 12) - fourth);
  }

  /** ln B(a, b). */
  static double beta(double a, double b) {
    return of(a) + of(b) - of(a + b);
  }
}
