package dev.tidemark.app.demo;

import dev.tidemark.app.Console;
import dev.tidemark.app.Figures;
import dev.tidemark.core.detect.Findability;
import dev.tidemark.records.Alert;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The end of the demo in words. */
final class VerdictText {
  private VerdictText() {}

  /** One paragraph per pair and one line for all. */
  static List<String> lines(List<Judgement> judgements) {
    var lines = new ArrayList<String>();
    for (Judgement one : judgements) {
      lines.add(one.pair());
      lines.add(counts(one));
      one.found()
          .keySet()
          .forEach(drift -> lines.add("    found         " + drift.name() + change(drift)));
      one.notFindable()
          .forEach(
              (drift, needed) ->
                  lines.add(
                      "    not findable  " + drift.name() + change(drift) + needs(drift, needed)));
      one.missed()
          .forEach(
              (drift, needed) ->
                  lines.add(
                      "    MISSED        " + drift.name() + change(drift) + needs(drift, needed)));
      one.wrong().forEach(alert -> lines.add("    FALSE         " + alert(alert)));
      one.notJudged().forEach(alert -> lines.add("    not judged    " + alert(alert)));
      if (!one.notWatched().isEmpty()) {
        lines.add("    not watched yet: " + metrics(one.notWatched()));
      }
      lines.add("");
    }
    lines.add(summary(judgements));
    return lines;
  }

  private static String needs(Expectation drift, Findability needed) {
    if (needed.neededCalls() != Findability.NEVER) {
      return ": needs about "
          + Figures.count(needed.neededCalls())
          + " calls, there are "
          + Figures.count(drift.trialsAfter());
    } else if (needed.neededBaseline() != Findability.NEVER) {
      return ": needs a history of about "
          + Figures.count(needed.neededBaseline())
          + " calls, there are "
          + Figures.count(drift.trialsBefore());
    }
    return ": no number of calls shows it";
  }

  private static String counts(Judgement one) {
    return String.format(
        Locale.ROOT,
        "  %d drifts found, %d not findable with this much data, %d missed, %d false",
        one.found().size(),
        one.notFindable().size(),
        one.missed().size(),
        one.wrong().size());
  }

  private static String summary(List<Judgement> judgements) {
    long found = judgements.stream().mapToLong(one -> one.found().size()).sum();
    long missed = judgements.stream().mapToLong(one -> one.missed().size()).sum();
    long wrong = judgements.stream().mapToLong(one -> one.wrong().size()).sum();
    boolean good = judgements.stream().allMatch(Judgement::good);
    return (good ? "Verdict: good. " : "Verdict: not good. ")
        + found
        + " drifts found, "
        + missed
        + " missed, "
        + wrong
        + " false.";
  }

  private static String change(Expectation drift) {
    return Double.isNaN(drift.before()) || Double.isNaN(drift.after())
        ? ""
        : " " + Figures.percent(drift.before()) + " -> " + Figures.percent(drift.after());
  }

  private static String alert(Alert alert) {
    return Console.safe(AlertSentence.subject(alert.getSeries()))
        + " "
        + AlertSentence.signal(alert.getSignal())
        + " "
        + Figures.percent(alert.getBefore().getRate())
        + " -> "
        + Figures.percent(alert.getAfter().getRate());
  }

  private static String metrics(List<Expectation> drifts) {
    return drifts.stream()
        .collect(
            Collectors.groupingBy(
                Expectation::metric, java.util.TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(entry -> entry.getKey() + (entry.getValue() > 1 ? " (" + entry.getValue() + ")" : ""))
        .collect(Collectors.joining(", "));
  }
}
