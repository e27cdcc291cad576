package dev.tidemark.app.rules;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers and time spans as people write them. */
public final class Numbers {
  private static final Pattern SPAN = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(us|ms|s|m|min|h|d)");
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");
  private static final double MOST_MICROS = 3.2e14;

  private Numbers() {}

  /** A finite number; empty for anything else, NaN and infinity among it. */
  static Optional<Double> finite(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return Optional.empty();
    }
    double value = Double.parseDouble(text);
    return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
  }

  /** Microseconds of a time span such as {@code 850ms}, {@code 2.5s}, {@code 6h}. */
  static Optional<Double> micros(String text) {
    Matcher span = SPAN.matcher(text.strip());
    if (!span.matches()) {
      return Optional.empty();
    }
    double unit =
        switch (span.group(2)) {
          case "us" -> 1;
          case "ms" -> 1e3;
          case "s" -> 1e6;
          case "m", "min" -> 60e6;
          case "h" -> 3600e6;
          default -> 86_400e6;
        };
    double micros = Double.parseDouble(span.group(1)) * unit;
    return micros <= MOST_MICROS ? Optional.of(micros) : Optional.empty();
  }

  /** A time span above 0 of whole milliseconds, at most ten years. */
  public static Optional<Duration> duration(String text) {
    return micros(text)
        .filter(micros -> micros >= 1e3)
        .map(micros -> Duration.ofMillis(Math.round(micros / 1e3)));
  }

  static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
