package dev.tidemark.query.answer;

import dev.tidemark.core.detect.AlertLine;
import dev.tidemark.query.view.NotReadyException;
import dev.tidemark.query.view.StateViews;
import dev.tidemark.records.Alert;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All alerts of a moment, the loudest open ones first. */
record Alerts(List<Alert> all, boolean known) {
  private static final Comparator<Alert> ORDER =
      Comparator.comparing((Alert alert) -> !isOpen(alert))
          .thenComparing(alert -> isOpen(alert) ? alert.getSeverity() : Severity.UNKNOWN)
          .thenComparing(Alert::getStartsAtMs, Comparator.reverseOrder())
          .thenComparing(Alert::getAlertKey);

  /** Reads them all. */
  static Alerts read(StateViews views) {
    var all = new ArrayList<Alert>();
    views.alerts(all::add);
    all.sort(ORDER);
    return new Alerts(List.copyOf(all), true);
  }

  /** Reads them all, or none while their store is not ready. */
  static Alerts readIfReady(StateViews views) {
    try {
      return read(views);
    } catch (NotReadyException e) {
      return new Alerts(List.of(), false);
    }
  }

  static boolean isOpen(Alert alert) {
    return AlertLine.isOpen(alert);
  }

  List<Alert> open() {
    return all.stream().filter(Alerts::isOpen).toList();
  }

  /** All of them as people read them: what stands below another one is no line of its own. */
  List<AlertLine> lines() {
    return AlertLine.of(all);
  }

  /** Lines that fire. */
  List<AlertLine> openLines() {
    return AlertLine.of(open());
  }

  /** The loudest open alert of every series that has one. */
  Map<SeriesKey, Badge> badges() {
    var badges = new LinkedHashMap<SeriesKey, Badge>();
    for (Alert alert : open()) {
      badges.putIfAbsent(alert.getSeries(), Badge.of(alert));
    }
    return badges;
  }

  /** An alert in a few words; loopingRuns is 0 when it is about something else. */
  record Badge(
      String alertKey,
      String severity,
      String signal,
      String title,
      long startsAtMs,
      int loopingRuns) {
    static Badge of(AlertLine line) {
      Badge badge = of(line.alert());
      return new Badge(
          badge.alertKey,
          badge.severity,
          badge.signal,
          badge.title,
          badge.startsAtMs,
          line.loopingRuns());
    }

    static Badge of(Alert alert) {
      return new Badge(
          alert.getAlertKey(),
          alert.getSeverity().name(),
          alert.getSignal().name(),
          alert.getTitle(),
          alert.getStartsAtMs(),
          0);
    }
  }
}
