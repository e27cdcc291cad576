package dev.tidemark.core.detect;

import dev.tidemark.records.Alert;
import dev.tidemark.records.AlertStatus;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Alerts as people read them: an open alert stands below the highest open one above it, and the
 * runs that loop in one series are one line, the open ones and the ended ones apart. Nothing is
 * lost by it: which alerts there are is data, how they are read is not.
 *
 * @param alert the alert that is the line; of loops the newest
 * @param below alerts that are no lines of their own, in the order in which they came
 */
public record AlertLine(Alert alert, List<Alert> below) {
  private static final Comparator<Alert> AGE =
      Comparator.comparingLong(Alert::getStartsAtMs).thenComparing(Alert::getAlertKey);

  private record Loops(SeriesKey series, boolean open) {
    static Loops of(Alert alert) {
      return new Loops(alert.getSeries(), isOpen(alert));
    }
  }

  /** Folds alerts, one per key; lines come in the order in which their alerts came. */
  public static List<AlertLine> of(Collection<Alert> alerts) {
    Map<String, Alert> byKey = new LinkedHashMap<>();
    Map<Loops, Alert> newest = new LinkedHashMap<>();
    alerts.forEach(alert -> byKey.put(alert.getAlertKey(), alert));
    for (Alert alert : byKey.values()) {
      if (alert.getSignal() == Signal.LIVE_LOOP) {
        newest.merge(Loops.of(alert), alert, (a, b) -> AGE.compare(a, b) > 0 ? a : b);
      }
    }
    Map<String, List<Alert>> below = new LinkedHashMap<>();
    for (Alert alert : byKey.values()) {
      String key = top(alert, byKey, newest).getAlertKey();
      List<Alert> folded = below.computeIfAbsent(key, k -> new ArrayList<>());
      if (!key.equals(alert.getAlertKey())) {
        folded.add(alert);
      }
    }
    return byKey.values().stream()
        .filter(alert -> below.containsKey(alert.getAlertKey()))
        .map(alert -> new AlertLine(alert, List.copyOf(below.get(alert.getAlertKey()))))
        .toList();
  }

  private static Alert top(Alert alert, Map<String, Alert> byKey, Map<Loops, Alert> newest) {
    if (alert.getSignal() == Signal.LIVE_LOOP) {
      return newest.get(Loops.of(alert));
    }
    Alert top = alert;
    Set<String> seen = new HashSet<>();
    for (Alert next = alert; next != null && isOpen(next); next = above(next, byKey)) {
      if (!seen.add(next.getAlertKey())) {
        return alert;
      }
      top = next;
    }
    return top;
  }

  private static Alert above(Alert alert, Map<String, Alert> byKey) {
    return alert.getParentAlertKey() == null ? null : byKey.get(alert.getParentAlertKey());
  }

  /** Whether an alert fires. */
  public static boolean isOpen(Alert alert) {
    return alert.getStatus() == AlertStatus.FIRING || alert.getStatus() == AlertStatus.UPDATED;
  }

  /** How many runs loop; 0 when the line is about something else. */
  public int loopingRuns() {
    if (alert.getSignal() != Signal.LIVE_LOOP) {
      return 0;
    }
    Set<String> runs = new HashSet<>();
    runs.add(alert.getItem());
    below.forEach(other -> runs.add(other.getItem()));
    return runs.size();
  }
}
