package dev.tidemark.core.limit;

import java.time.Duration;
import java.util.Locale;

/** What both kinds of rules say and demand alike. */
final class Rules {
  private static final String ID = "[a-z0-9]+(-[a-z0-9]+)*";

  private Rules() {}

  static void requireId(String id) {
    if (!id.matches(ID) || id.length() > 64) {
      throw new IllegalArgumentException(
          "rule id '"
              + id
              + "' is not kebab-case of at most 64 characters: write it like slow-search");
    }
  }

  static void require(boolean holds, String id, String needed) {
    if (!holds) {
      throw new IllegalArgumentException("rule " + id + " needs " + needed);
    }
  }

  /** A span of time in its largest whole unit. */
  static String span(Duration span) {
    long seconds = span.toSeconds();
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + " d";
    } else if (seconds % 3_600 == 0) {
      return seconds / 3_600 + " h";
    }
    return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
  }

  /** A number of days, or of hours when it is small. */
  static String days(double days) {
    return days < 2
        ? String.format(Locale.ROOT, "%.1f h", days * 24)
        : String.format(Locale.ROOT, "%.1f d", days);
  }

  static String times(double factor) {
    return String.format(Locale.ROOT, factor >= 100 ? "%.0f times" : "%.1f times", factor);
  }
}
