package dev.tidemark.query.answer;

import dev.tidemark.query.view.NotReadyException;
import dev.tidemark.query.view.StateViews;
import dev.tidemark.records.Alert;
import dev.tidemark.records.AlertStatus;
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
    return alert.getStatus() == AlertStatus.FIRING || alert.getStatus() == AlertStatus.UPDATED;
  }

  List<Alert> open() {
    return all.stream().filter(Alerts::isOpen).toList();
  }

  /**
   * The highest open alert above each open one that has such, key to key: what an outage of a whole
   * fleet reads as one line by.
   */
  Map<String, String> under() {
    var open = new LinkedHashMap<String, Alert>();
    open().forEach(alert -> open.put(alert.getAlertKey(), alert));
    var under = new LinkedHashMap<String, String>();
    for (Alert alert : open.values()) {
      Alert above = open.get(parentKey(alert));
      for (Alert next = above; next != null; next = open.get(parentKey(next))) {
        under.put(alert.getAlertKey(), next.getAlertKey());
      }
    }
    return under;
  }

  private static String parentKey(Alert alert) {
    return alert.getParentAlertKey() == null ? "" : alert.getParentAlertKey();
  }

  /** The loudest open alert of every series that has one. */
  Map<SeriesKey, Badge> badges() {
    var badges = new LinkedHashMap<SeriesKey, Badge>();
    for (Alert alert : open()) {
      badges.putIfAbsent(alert.getSeries(), Badge.of(alert));
    }
    return badges;
  }

  /** An alert in a few words. */
  record Badge(String alertKey, String severity, String signal, String title, long startsAtMs) {
    static Badge of(Alert alert) {
      return new Badge(
          alert.getAlertKey(),
          alert.getSeverity().name(),
          alert.getSignal().name(),
          alert.getTitle(),
          alert.getStartsAtMs());
    }
  }
}
