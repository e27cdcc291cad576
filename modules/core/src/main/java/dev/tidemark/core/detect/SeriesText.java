package dev.tidemark.core.detect;

import dev.tidemark.records.SeriesKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Series and times in sentences for people; times in UTC. */
public final class SeriesText {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private SeriesText() {}

  /** What a series is about, such as {@code tool search}. */
  public static String subject(SeriesKey series) {
    return switch (series.getSubjectKind()) {
      case TOOL -> "tool " + series.getSubjectName();
      case MODEL -> "model " + series.getSubjectName();
      case AGENT -> "agent " + series.getSubjectName() + " " + series.getAgentVersion();
      case POLICY -> "policy rule " + series.getSubjectName();
      case FLEET -> "the fleet in " + series.getEnvironment();
      case UNKNOWN -> series.getSubjectName();
    };
  }

  /** The agent whose version counts, in brackets behind the subject; empty where there is none. */
  public static String scope(SeriesKey series) {
    return series.getAgentName().isEmpty()
        ? ""
        : " (agent " + series.getAgentName() + " " + series.getAgentVersion() + ")";
  }

  /** Time of day. */
  public static String clock(long timeMs) {
    return CLOCK.format(Instant.ofEpochMilli(timeMs));
  }
}
