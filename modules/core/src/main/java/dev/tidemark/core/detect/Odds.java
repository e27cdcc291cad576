package dev.tidemark.core.detect;

/** Rates moved on the odds scale, where a rate can never leave the interval from 0 to 1. */
final class Odds {
  private static final double EDGE = 1e-9;

  private Odds() {}

  /** The rate whose odds are {@code ratio} times those of {@code rate}. */
  static double scale(double rate, double ratio) {
    return clamp(rate * ratio / (1 - rate + rate * ratio));
  }

  /** The rate half-way between two rates on the logarithm of the odds. */
  static double middle(double one, double other) {
    double a = clamp(one);
    double b = clamp(other);
    double odds = StrictMath.sqrt(a / (1 - a) * (b / (1 - b)));
    return odds / (1 + odds);
  }

  /** How many times the odds of one rate are those of another. */
  static double ratio(double rate, double other) {
    double a = clamp(rate);
    double b = clamp(other);
    return a / (1 - a) * ((1 - b) / b);
  }

  static double clamp(double rate) {
    return Math.min(1 - EDGE, Math.max(EDGE, rate));
  }
}
