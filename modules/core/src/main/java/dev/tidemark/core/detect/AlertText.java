package dev.tidemark.core.detect;

import dev.tidemark.records.CloseReason;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Finding;
import dev.tidemark.records.FindingAction;
import dev.tidemark.records.QuantityEvidence;
import dev.tidemark.records.RateEvidence;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import java.util.Locale;

/** Says a finding in words for people: one plain sentence, times in UTC. */
public final class AlertText {
  private static final int LONGEST_TITLE = 130;

  private AlertText() {}

  /** What moved and how much, at most 130 characters. */
  public static String title(Finding finding) {
    String title =
        firstSeen(finding)
            ? name(finding) + " in " + SeriesText.subject(finding.getSeries())
            : moved(finding);
    return title.length() <= LONGEST_TITLE ? title : title.substring(0, LONGEST_TITLE - 1) + "…";
  }

  /** Whether a finding says that something was seen for the first time: a fact, no statistics. */
  public static boolean firstSeen(Finding finding) {
    return switch (finding.getSignal()) {
      case NEW_ERROR_TYPE, NEW_TOOL, NEW_VERSION -> true;
      default -> false;
    };
  }

  /** Of a long name the end is left out, never the values. */
  private static String moved(Finding finding) {
    String what = name(finding) + " of " + SeriesText.subject(finding.getSeries());
    String values =
        ": "
            + value(finding, finding.getBefore(), finding.getBeforeQuantity())
            + " to "
            + value(finding, finding.getAfter(), finding.getAfterQuantity());
    int room = LONGEST_TITLE - values.length();
    return (what.length() <= room ? what : what.substring(0, room - 1) + "…") + values;
  }

  /** What, how much, since when, compared with what; and how it ended. */
  public static String summary(Finding finding) {
    if (firstSeen(finding)) {
      return String.format(
          Locale.ROOT,
          "%s in %s%s since %s: %s%s.",
          name(finding),
          SeriesText.subject(finding.getSeries()),
          SeriesText.scope(finding.getSeries()),
          SeriesText.clock(finding.getChangeMs()),
          finding.getLimit(),
          end(finding));
    }
    return String.format(
        Locale.ROOT,
        "%s of %s%s %s from %s to %s since %s, compared with %s%s.",
        name(finding),
        SeriesText.subject(finding.getSeries()),
        SeriesText.scope(finding.getSeries()),
        finding.getDirection() == Direction.UP ? "rose" : "fell",
        counted(finding, finding.getBefore(), finding.getBeforeQuantity()),
        counted(finding, finding.getAfter(), finding.getAfterQuantity()),
        SeriesText.clock(finding.getChangeMs()),
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
    return how + " (" + SeriesText.clock(finding.getWindowEndMs()) + ")";
  }

  private static String name(Finding finding) {
    String item = finding.getItem();
    String name = SignalNames.capitalised(finding.getSignal());
    if (item == null) {
      return name;
    }
    return finding.getSignal() == Signal.TOOL_USE ? "Use of tool " + item : name + " " + item;
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

  private static String counted(Finding finding, RateEvidence rate, QuantityEvidence quantity) {
    if (quantity != null) {
      String p90 = QuantityTexts.say(quantity.getUnit(), quantity.getP90());
      return value(finding, rate, quantity) + " (p90 " + p90 + ", " + quantity.getN() + " values)";
    }
    return switch (finding.getSignal()) {
      case VOLUME -> value(finding, rate, null);
      case TOOL_USE ->
          value(finding, rate, null)
              + String.format(" (%d in %d runs)", rate.getX(), rate.getN() - rate.getX());
      default -> percent(rate) + " (" + rate.getX() + " of " + rate.getN() + ")";
    };
  }

  private static String value(Finding finding, RateEvidence rate, QuantityEvidence quantity) {
    if (quantity != null) {
      return QuantityTexts.say(quantity.getUnit(), quantity.getP50());
    }
    return switch (finding.getSignal()) {
      case VOLUME -> String.format(Locale.ROOT, "%.1f runs in 5 minutes", rate.getRate());
      case TOOL_USE ->
          String.format(
              Locale.ROOT,
              "%.2f calls a run",
              (double) rate.getX() / Math.max(1, rate.getN() - rate.getX()));
      default -> percent(rate);
    };
  }

  private static String percent(RateEvidence rate) {
    double percent = 100 * rate.getRate();
    return String.format(Locale.ROOT, percent < 10 ? "%.1f %%" : "%.0f %%", percent);
  }
}
