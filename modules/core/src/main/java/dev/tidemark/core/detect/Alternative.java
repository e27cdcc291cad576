package dev.tidemark.core.detect;

import dev.tidemark.records.Direction;

/**
 * The behaviours that a detector of rates looks for: odds so many times the baseline's, and rising,
 * rates of their own. The absolute rates find a jump from a baseline of zero, which no odds ratio
 * reaches.
 */
final class Alternative {
  private static final double[] UP = {1.25, 1.7, 2.5, 6, 30};
  private static final double[] DOWN = {0.8, 0.6, 0.4, 0.15};
  private static final double[] RATES = {0.05, 0.25, 0.7};

  /** Weights beside the own past, absolute rates last: most where changes are most common. */
  private static final double[] UP_WEIGHTS = {0.12, 0.26, 0.22, 0.1, 0.06, 0.08, 0.08, 0.08};

  private static final double[] DOWN_WEIGHTS = {0.2, 0.3, 0.3, 0.2};

  private Alternative() {}

  static int count(Direction direction) {
    return direction == Direction.UP ? UP.length + RATES.length : DOWN.length;
  }

  static double weight(Direction direction, int alternative) {
    return (direction == Direction.UP ? UP_WEIGHTS : DOWN_WEIGHTS)[alternative];
  }

  /** The rate it claims beside a baseline; an absolute rate never falls below the smallest rise. */
  static double against(Direction direction, int alternative, double baseline) {
    if (direction == Direction.DOWN) {
      return Odds.scale(baseline, DOWN[alternative]);
    }
    return alternative < UP.length
        ? Odds.scale(baseline, UP[alternative])
        : Math.max(RATES[alternative - UP.length], Odds.scale(baseline, UP[0]));
  }

  /** Name for people: {@code odds x2.5} or {@code rate 0.25}. */
  static String label(Direction direction, int alternative) {
    if (direction == Direction.DOWN) {
      return "odds x" + number(DOWN[alternative]);
    }
    return alternative < UP.length
        ? "odds x" + number(UP[alternative])
        : "rate " + number(RATES[alternative - UP.length]);
  }

  private static String number(double value) {
    return value == StrictMath.rint(value) ? Long.toString((long) value) : "" + value;
  }
}
