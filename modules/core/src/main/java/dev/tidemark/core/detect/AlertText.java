package dev.tidemark.core.detect;

import dev.tidemark.records.CloseReason;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Finding;
import dev.tidemark.records.FindingAction;
import dev.tidemark.records.RateEvidence;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Says a finding in words for people: one plain sentence, times in UTC. */
public final class AlertText {
  private static final int LONGEST_TITLE = 130;
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private AlertText() {}

  /** What moved and how much, at most 130 characters. */
  public static String title(Finding finding) {
    String title =
        String.format(
            Locale.ROOT,
            "%s of %s: %s to %s",
            name(finding.getSignal()),
            subject(finding.getSeries()),
            percent(finding.getBefore()),
            percent(finding.getAfter()));
    return title.length() <= LONGEST_TITLE ? title : title.substring(0, LONGEST_TITLE - 1) + "…";
  }

  /** What, how much, since when, compared with what; and how it ended. */
  public static String summary(Finding finding) {
    return String.format(
        Locale.ROOT,
        "%s of %s%s %s from %s to %s since %s, compared with %s%s.",
        name(finding.getSignal()),
        subject(finding.getSeries()),
        scope(finding.getSeries()),
        finding.getDirection() == Direction.UP ? "rose" : "fell",
        counted(finding.getBefore()),
        counted(finding.getAfter()),
        clock(finding.getChangeMs()),
        baseline(finding),
        end(finding));
  }

  private static String end(Finding finding) {
    if (finding.getAction() != FindingAction.CLOSE) {
      return "";
    }
    CloseReason reason = finding.getCloseReason();
    String how =
        switch (reason) {
          case RESOLVED -> "; it went back";
          case EXPIRED -> "; no more data";
          case SUPERSEDED -> "; a newer version replaced it";
          case ACCEPTED -> "; accepted by a human";
          case NONE, UNKNOWN -> "; it ended";
        };
    return how + " (" + clock(finding.getWindowEndMs()) + ")";
  }

  private static String name(Signal signal) {
    return SignalNames.capitalised(signal);
  }

  private static String subject(SeriesKey series) {
    return switch (series.getSubjectKind()) {
      case TOOL -> "tool " + series.getSubjectName();
      case MODEL -> "model " + series.getSubjectName();
      case AGENT -> "agent " + series.getSubjectName() + " " + series.getAgentVersion();
      case POLICY -> "policy rule " + series.getSubjectName();
      case FLEET -> "the fleet in " + series.getEnvironment();
      case UNKNOWN -> series.getSubjectName();
    };
  }

  private static String scope(SeriesKey series) {
    return series.getAgentName().isEmpty()
        ? ""
        : " (agent " + series.getAgentName() + " " + series.getAgentVersion() + ")";
  }

  /** The dimension in which the two versions differ. */
  private static String baseline(Finding finding) {
    SeriesKey then = finding.getBaseline();
    SeriesKey now = finding.getSeries();
    if (then == null) {
      return "its own past";
    }
    if (!then.getAgentVersion().equals(now.getAgentVersion())) {
      return "version " + then.getAgentVersion();
    }
    return then.getToolVersion().equals(now.getToolVersion())
        ? "model backend " + then.getModelBackend()
        : "tool version " + then.getToolVersion();
  }

  private static String counted(RateEvidence rate) {
    return percent(rate) + " (" + rate.getX() + " of " + rate.getN() + ")";
  }

  private static String percent(RateEvidence rate) {
    double percent = 100 * rate.getRate();
    return String.format(Locale.ROOT, percent < 10 ? "%.1f %%" : "%.0f %%", percent);
  }

  private static String clock(long timeMs) {
    return CLOCK.format(Instant.ofEpochMilli(timeMs));
  }
}
