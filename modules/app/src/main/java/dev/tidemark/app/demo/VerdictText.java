package dev.tidemark.app.demo;

import dev.tidemark.app.Console;
import dev.tidemark.app.Figures;
import dev.tidemark.core.detect.Findability;
import dev.tidemark.records.Alert;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The end of the demo in words. */
final class VerdictText {
  private static final String FOUND = "    found             ";
  private static final String NOT_FINDABLE = "    not findable      ";
  private static final String MISSED = "    MISSED            ";
  private static final String FALSE = "    FALSE             ";
  private static final String UNCLEAR = "    grey zone         ";
  private static final String UNSAID = "    not in the truth  ";
  private static final String FACT = "    a fact            ";

  private VerdictText() {}

  /** One paragraph per pair and one line for all. */
  static List<String> lines(List<Judgement> judgements) {
    var lines = new ArrayList<String>();
    for (Judgement one : judgements) {
      lines.add(one.pair());
      lines.add(counts(one));
      one.found().keySet().forEach(drift -> lines.add(FOUND + drift.name() + drift.change()));
      one.notFindable().forEach((drift, n) -> lines.add(NOT_FINDABLE + lacking(drift, n)));
      one.missed().forEach((drift, n) -> lines.add(MISSED + lacking(drift, n)));
      alerts(FALSE, one.wrong(), lines);
      alerts(UNCLEAR, one.unclear(), lines);
      alerts(UNSAID, one.unsaid(), lines);
      alerts(FACT, one.facts(), lines);
      if (!one.notWatched().isEmpty()) {
        lines.add("    not watched: " + metrics(one.notWatched()));
      }
      lines.add("");
    }
    lines.add(summary(judgements));
    return lines;
  }

  /** Alerts that say the same are one line with their number. */
  private static void alerts(String what, List<Alert> alerts, List<String> lines) {
    alerts.stream()
        .collect(
            Collectors.groupingBy(
                alert -> Console.safe(alert.getTitle()), LinkedHashMap::new, Collectors.counting()))
        .forEach((title, times) -> lines.add(what + title + (times > 1 ? ", " + times + "x" : "")));
  }

  private static String lacking(Expectation drift, Findability needed) {
    return drift.name() + drift.change() + ": " + needs(drift, needed);
  }

  private static String needs(Expectation drift, Findability needed) {
    String unit = " " + drift.sign().unit();
    if (needed.neededCalls() != Findability.NEVER) {
      return "needs about "
          + Figures.count(needed.neededCalls())
          + (unit + ", there are ")
          + Figures.count(drift.trialsAfter());
    } else if (needed.neededBaseline() != Findability.NEVER) {
      return "needs a history of about "
          + Figures.count(needed.neededBaseline())
          + (unit + ", there are ")
          + Figures.count(drift.trialsBefore());
    }
    return "no number of" + unit + " shows it";
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
