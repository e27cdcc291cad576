package dev.tidemark.core.detect;

/**
 * Logarithms of the gamma and beta functions: Stirling's series after a shift to 12 or more, with
 * plain arithmetic and fixed constants, so that every machine gives the same bits.
 */
final class LogGamma {
  private static final double HALF_LN_TWO_PI = 0.9189385332046727;

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
                    * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square / 1188))));
    double whole = (y - 0.5) * Ln.of(y) - y + HALF_LN_TWO_PI + series;
    return shift == 1 ? whole : whole - Ln.of(shift);
  }

  /** ln B(a, b). */
  static double beta(double a, double b) {
    return of(a) + of(b) - of(a + b);
  }
}
