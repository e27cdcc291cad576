package dev.tidemark.app.demo;

import dev.tidemark.app.Console;
import dev.tidemark.app.Figures;
import dev.tidemark.core.detect.SignalNames;
import dev.tidemark.records.Alert;
import dev.tidemark.records.Exemplar;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import java.util.List;

/**
 * An alert as one plain sentence: what moved, from where to where, and three runs that show it.
 * What is no plain rate is said in the words of the alert's own title.
 */
final class AlertSentence {
  private AlertSentence() {}

  static String of(Alert alert) {
    if (!plainRate(alert)) {
      return Console.safe(alert.getTitle()) + "; " + runs(alert.getExemplars());
    }
    SeriesKey series = alert.getSeries();
    String trials = " " + SignalNames.trials(alert.getSignal());
    String version =
        series.getAgentVersion().isEmpty() ? "" : " with version " + series.getAgentVersion();
    return Console.safe(subject(series))
        + ": "
        + signal(alert.getSignal())
        + (alert.getItem() == null ? "" : " " + Console.safe(alert.getItem()))
        + " went "
        + Figures.percent(alert.getBefore().getRate())
        + " -> "
        + Figures.percent(alert.getAfter().getRate())
        + Console.safe(version)
        + " ("
        + Figures.count(alert.getBefore().getN())
        + trials
        + " before, "
        + Figures.count(alert.getAfter().getN())
        + " after); "
        + runs(alert.getExemplars());
  }

  static String subject(SeriesKey series) {
    return series.getSubjectKind() == SubjectKind.AGENT
        ? "agent " + series.getSubjectName()
        : series.getSubjectKind() == SubjectKind.FLEET ? "whole fleet" : series.getSubjectName();
  }

  private static boolean plainRate(Alert alert) {
    return alert.getLimit() == null
        && alert.getAfterQuantity() == null
        && alert.getSignal() != Signal.TOOL_USE
        && alert.getSignal() != Signal.VOLUME;
  }

  static String signal(Signal signal) {
    return SignalNames.of(signal);
  }

  private static String runs(List<Exemplar> exemplars) {
    List<String> ids =
        exemplars.stream()
            .map(Exemplar::getTraceId)
            .map(Console::safe)
            .distinct()
            .limit(3)
            .toList();
    return ids.isEmpty() ? "no run kept" : "runs " + String.join(", ", ids);
  }
}
