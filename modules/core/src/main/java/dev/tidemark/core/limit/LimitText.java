package dev.tidemark.core.limit;

import dev.tidemark.core.detect.AlertText;
import dev.tidemark.core.detect.SeriesText;
import dev.tidemark.core.detect.SignalNames;
import dev.tidemark.records.CloseReason;
import dev.tidemark.records.Finding;
import dev.tidemark.records.FindingAction;
import dev.tidemark.records.Signal;

/** Says in words that a limit was passed: one plain sentence, times in UTC. */
public final class LimitText {
  private static final int LONGEST_TITLE = 130;

  private LimitText() {}

  /** What passed which limit, at most 130 characters. */
  public static String title(Finding finding) {
    if (AlertText.firstSeen(finding)) {
      return AlertText.title(finding);
    }
    String title = finding.getSignal() == Signal.LIVE_LOOP ? loop(finding) : passed(finding);
    return title.length() <= LONGEST_TITLE ? title : title.substring(0, LONGEST_TITLE - 1) + "…";
  }

  private static String loop(Finding finding) {
    return capitalised(SeriesText.subject(finding.getSeries()))
        + SeriesText.scope(finding.getSeries())
        + " is called in a loop: "
        + finding.getLimit();
  }

  private static String passed(Finding finding) {
    return capitalised(SignalNames.of(finding.getSignal()))
        + " of "
        + SeriesText.subject(finding.getSeries())
        + " passed a limit you set: "
        + finding.getAlternative();
  }

  /** What passed which limit, by how much, since when; and how it ended. */
  public static String summary(Finding finding) {
    if (AlertText.firstSeen(finding)) {
      return AlertText.summary(finding);
    }
    if (finding.getSignal() == Signal.LIVE_LOOP) {
      return loop(finding)
          + ", run "
          + finding.getItem()
          + ", since "
          + SeriesText.clock(finding.getChangeMs())
          + (finding.getAction() == FindingAction.CLOSE ? "; the run is over" : "")
          + ".";
    }
    return capitalised(SignalNames.of(finding.getSignal()))
        + " of "
        + SeriesText.subject(finding.getSeries())
        + SeriesText.scope(finding.getSeries())
        + " passed a limit you set, since "
        + SeriesText.clock(finding.getChangeMs())
        + ": "
        + finding.getAlternative()
        + "; the limit is "
        + finding.getLimit()
        + end(finding)
        + ".";
  }

  private static String end(Finding finding) {
    if (finding.getAction() != FindingAction.CLOSE) {
      return "";
    }
    CloseReason reason = finding.getCloseReason();
    String how =
        switch (reason) {
          case RESOLVED -> "; it is kept again";
          case EXPIRED -> "; no more data";
          case SUPERSEDED -> "; the rules changed";
          case ACCEPTED -> "; accepted by a human";
          case NONE, UNKNOWN -> "; it ended";
        };
    return how + " (" + SeriesText.clock(finding.getWindowEndMs()) + ")";
  }

  private static String capitalised(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
