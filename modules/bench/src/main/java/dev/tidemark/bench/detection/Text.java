package dev.tidemark.bench.detection;

import java.util.Locale;

/** Numbers for people. */
final class Text {
  private Text() {}

  static String of(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** About three digits; a dash for what was not measured. */
  static String number(Double value) {
    if (value == null || value.isNaN()) {
      return "-";
    }
    double size = Math.abs(value);
    if (size >= 100 || value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.3g", value);
  }

  /** A count or a figure with its interval. */
  static String between(double value, double low, double high) {
    return number(value) + " (" + number(low) + " to " + number(high) + ")";
  }
}
