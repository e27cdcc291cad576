package dev.tidemark.query.http;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stretch of event time, from inclusive to exclusive, milliseconds since the epoch.
 *
 * <p>Written as ISO-8601 with zone, as milliseconds since the epoch, as {@code now}, or relative
 * such as {@code -1h} (units s, m, h, d). Now is the newest event time known, not the wall clock,
 * so that replayed history reads like live data.
 */
public record TimeRange(long fromMs, long toMs) {
  /** Longest range that may be asked for: the retention of agent-windows. */
  static final Duration LONGEST = Duration.ofDays(30);

  private static final long EARLIEST = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();
  private static final long LATEST = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();
  private static final Pattern RELATIVE = Pattern.compile("([+-])(\\d{1,9})([smhd])");
  private static final String ALLOWED =
      "a time between 2000 and 2100: ISO-8601 with zone, epoch milliseconds, 'now' or relative";
  private static final String HINT =
      "such as from=2026-11-22T09:00:00Z, from=1795338000000 or from=-1h";

  static TimeRange parse(String from, String to, long nowMs) {
    long fromMs = instant("from", from, nowMs);
    long toMs = instant("to", to, nowMs);
    if (fromMs >= toMs) {
      throw ApiException.badParameter(
          "from", from, "before 'to' (" + Instant.ofEpochMilli(toMs) + ")", "such as from=-1h");
    }
    if (toMs - fromMs > LONGEST.toMillis()) {
      throw ApiException.badParameter(
          "from", from, "at most " + LONGEST.toDays() + " days before 'to'", "such as from=-30d");
    }
    return new TimeRange(fromMs, toMs);
  }

  /** Length in milliseconds. */
  public long lengthMs() {
    return toMs - fromMs;
  }

  static long instant(String name, String text, long nowMs) {
    long value;
    Matcher relative = RELATIVE.matcher(text);
    try {
      if (text.equals("now")) {
        value = nowMs;
      } else if (relative.matches()) {
        long amount = Long.parseLong(relative.group(2)) * unitMs(relative.group(3));
        value = relative.group(1).equals("-") ? nowMs - amount : nowMs + amount;
      } else if (text.matches("\\d{1,15}")) {
        value = Long.parseLong(text);
      } else {
        value = OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant().toEpochMilli();
      }
    } catch (DateTimeParseException e) {
      throw ApiException.badParameter(name, text, ALLOWED, HINT);
    }
    if (value < EARLIEST || value >= LATEST) {
      throw ApiException.badParameter(name, text, ALLOWED, HINT);
    }
    return value;
  }

  private static long unitMs(String unit) {
    return switch (unit) {
      case "s" -> 1_000L;
      case "m" -> 60_000L;
      case "h" -> 3_600_000L;
      default -> 86_400_000L;
    };
  }
}
