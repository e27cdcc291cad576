package dev.tidemark.core.limit;

import java.util.Locale;

/** What a value of a signal is counted in. */
public enum Unit {
  /** Between 0 and 1. */
  SHARE("share"),
  /** Microseconds. */
  MICROS("us"),
  /** Millionths of a currency. */
  MONEY("micros"),
  TOKENS("tokens"),
  STEPS("calls"),
  CALLS("calls"),
  RUNS("runs");

  private final String word;

  Unit(String word) {
    this.word = word;
  }

  /** As {@code QuantityEvidence} names it; money with its currency. */
  String word(String currency) {
    return this == MONEY ? "micros of " + currency : word;
  }

  /**
   * A value for people.
   *
   * @param currency ISO 4217 code, for money only
   */
  public String text(double value, String currency) {
    return switch (this) {
      case SHARE -> number(100 * value) + " %";
      case MICROS -> time(value);
      case MONEY ->
          String.format(Locale.ROOT, value < 1e6 ? "%.4f %s" : "%.2f %s", value / 1e6, currency)
              .strip();
      case TOKENS, STEPS, CALLS, RUNS -> number(value) + " " + word;
    };
  }

  private static String time(double micros) {
    if (micros < 1e3) {
      return number(micros) + " us";
    } else if (micros < 1e6) {
      return number(micros / 1e3) + " ms";
    }
    return micros < 120e6 ? number(micros / 1e6) + " s" : number(micros / 60e6) + " min";
  }

  /** Three digits, more before the point if needed. */
  private static String number(double value) {
    if (value == StrictMath.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    double size = Math.abs(value);
    String form = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 0.01 ? "%.2f" : "%.4f";
    return String.format(Locale.ROOT, form, value);
  }
}
