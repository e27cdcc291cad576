package dev.tidemark.app;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them; a dash where a number is not known. */
public final class Figures {
  private Figures() {}

  /**
   * {@code part} of {@code whole} in percent with one decimal; a dash when the whole is nothing.
   */
  public static String percent(long part, long whole) {
    return whole <= 0 ? "-" : String.format(Locale.ROOT, "%.1f%%", 100.0 * part / whole);
  }

  /** A rate between 0 and 1 in percent: one decimal, more for small rates. */
  public static String percent(double rate) {
    return rate > 0 && rate < 0.001
        ? String.format(Locale.ROOT, "%.3f%%", 100 * rate)
        : String.format(Locale.ROOT, "%.1f%%", 100 * rate);
  }

  /** Microseconds as a duration with a unit. */
  public static String micros(double micros) {
    if (Double.isNaN(micros) || micros < 0) {
      return "-";
    } else if (micros < 1_000) {
      return String.format(Locale.ROOT, "%.0fus", micros);
    } else if (micros < 1_000_000) {
      return String.format(Locale.ROOT, "%.0fms", micros / 1_000);
    } else if (micros < 120_000_000) {
      return String.format(Locale.ROOT, "%.1fs", micros / 1_000_000);
    }
    return String.format(Locale.ROOT, "%.0fmin", micros / 60_000_000);
  }

  /**
   * Millionths of a currency.
   *
   * @param currency ISO 4217 code; null gives a dash
   */
  public static String money(long micros, CharSequence currency) {
    if (currency == null) {
      return "-";
    }
    String sign = currency.toString().equals("USD") ? "$" : Console.safe(currency) + " ";
    return String.format(Locale.ROOT, micros < 1_000_000 ? "%s%.4f" : "%s%.2f", sign, micros / 1e6);
  }

  /** A count with thousands separated. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A time span in the largest fitting unit. */
  public static String span(Duration span) {
    return micros(span.toNanos() / 1_000.0);
  }
}
