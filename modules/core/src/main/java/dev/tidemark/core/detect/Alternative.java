package dev.tidemark.core.detect;

import dev.tidemark.records.Direction;
import java.util.List;

/**
 * One behaviour that a detector looks for: odds so many times the baseline's, or a rate of its own.
 * The absolute rates find a jump from a baseline of zero, which no odds ratio reaches.
 *
 * @param absolute whether the value is a rate; else it is an odds ratio
 * @param value odds ratio or rate
 */
record Alternative(boolean absolute, double value) {
  private static final double NEAREST_UP = 1.25;
  private static final List<Alternative> UP =
      List.of(
          odds(1.25), odds(1.7), odds(2.5), odds(6), odds(30), rate(0.05), rate(0.25), rate(0.7));
  private static final List<Alternative> DOWN = List.of(odds(0.8), odds(0.6), odds(0.4), odds(.15));

  static List<Alternative> of(Direction direction) {
    return direction == Direction.UP ? UP : DOWN;
  }

  private static Alternative odds(double ratio) {
    return new Alternative(false, ratio);
  }

  private static Alternative rate(double rate) {
    return new Alternative(true, rate);
  }

  /** The rate it claims beside a baseline; an absolute rate never falls below the smallest rise. */
  double against(double baseline) {
    return absolute
        ? Math.max(Odds.clamp(value), Odds.scale(baseline, NEAREST_UP))
        : Odds.scale(baseline, value);
  }

  /** Name for people: {@code odds x2.5} or {@code rate 0.25}. */
  String label() {
    String number = value == StrictMath.rint(value) ? Long.toString((long) value) : "" + value;
    return (absolute ? "rate " : "odds x") + number;
  }
}
