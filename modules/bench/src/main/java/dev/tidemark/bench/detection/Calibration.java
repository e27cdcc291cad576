package dev.tidemark.bench.detection;

import java.util.function.DoubleToLongFunction;

/**
 * The level of a method at which it gives as many false alarms as wanted.
 *
 * @param level as found
 * @param alarms at that level
 */
record Calibration(double level, long alarms) {
  private static final int ROUNDS = 16;

  /** Alarms may be off by so small a part of those wanted. */
  private static final double CLOSE = 0.01;

  /**
   * Looks for it between two levels: each step goes where the alarms would be right if they were in
   * proportion, or halves the interval of the logarithms if that lies outside. The step that came
   * nearest counts.
   *
   * @param alarms grows with the level, by chance not everywhere
   */
  static Calibration find(double low, double high, long wanted, DoubleToLongFunction alarms) {
    double from = low;
    double to = high;
    double level = Math.sqrt(low * high);
    Calibration best = null;
    for (int round = 0; round < ROUNDS; round++) {
      long seen = alarms.applyAsLong(level);
      if (best == null || Math.abs(seen - wanted) < Math.abs(best.alarms - wanted)) {
        best = new Calibration(level, seen);
      }
      if (Math.abs(seen - wanted) <= CLOSE * wanted) {
        break;
      }
      from = seen < wanted ? level : from;
      to = seen < wanted ? to : level;
      double proportional = level * (wanted + 0.5) / (seen + 0.5);
      level =
          proportional > from && proportional < to && round % 2 == 0
              ? proportional
              : Math.sqrt(from * to);
    }
    return best;
  }
}
