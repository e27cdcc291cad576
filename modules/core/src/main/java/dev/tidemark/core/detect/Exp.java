package dev.tidemark.core.detect;

/**
 * The exponential function in plain arithmetic, the same bits on every machine and several times as
 * fast as {@link StrictMath#exp}: the nearest of 128 tabulated powers of two, and a short series of
 * what is left.
 */
final class Exp {
  private static final int POINTS = 128;
  private static final int SHIFT = 7;
  private static final double PER_UNIT = POINTS / 0.6931471805599453;

  /** ln 2 / 128 in two parts: whole numbers times the first are exact. */
  private static final double STEP_HIGH = 0x1.62e42feep-8;

  private static final double STEP_LOW = 0x1.a39ef35793c76p-40;

  private static final double LARGEST = 700;
  private static final double[] POWERS = new double[POINTS];

  static {
    for (int i = 0; i < POINTS; i++) {
      POWERS[i] = StrictMath.pow(2, (double) i / POINTS);
    }
  }

  private Exp() {}

  /** e to the x; relative error below 1e-15. */
  static double of(double x) {
    if (!(Math.abs(x) <= LARGEST)) {
      return StrictMath.exp(x);
    }
    long steps = (long) Math.rint(x * PER_UNIT);
    double r = x - steps * STEP_HIGH - steps * STEP_LOW;
    double series = r + r * r * (0.5 + r * (1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120))));
    double power = POWERS[(int) (steps & (POINTS - 1))];
    double scale = Double.longBitsToDouble(((steps >> SHIFT) + 1023) << 52);
    return (power + power * series) * scale;
  }
}
