package dev.tidemark.app;

import dev.tidemark.app.host.Cluster;
import dev.tidemark.app.host.TopicReader;
import dev.tidemark.records.Alert;
import dev.tidemark.records.AlertStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The last state of every alert, and which of them stands below which. */
final class LastAlerts {
  private static final int FULL_KEY = 32;
  private final Map<String, Alert> byKey = new LinkedHashMap<>();

  /** An alert and those below it that are not lines of their own. */
  record Line(Alert alert, List<Alert> children) {}

  LastAlerts(Iterable<Alert> alerts) {
    alerts.forEach(alert -> byKey.put(alert.getAlertKey(), alert));
  }

  static LastAlerts read(Cluster cluster) {
    try (var reader = TopicReader.open(cluster, cluster.topics().alerts())) {
      List<Alert> alerts = new ArrayList<>();
      reader.readToEnd(found -> alerts.add(found.value()));
      return new LastAlerts(alerts);
    }
  }

  static boolean isOpen(Alert alert) {
    return alert.getStatus() == AlertStatus.FIRING || alert.getStatus() == AlertStatus.UPDATED;
  }

  /**
   * The alert of a key or of a beginning of one that no other has.
   *
   * @throws Failure with exit code 1 when there is none or more than one
   */
  Alert find(String key) {
    List<Alert> found =
        byKey.values().stream().filter(a -> a.getAlertKey().startsWith(key)).toList();
    if (found.isEmpty()) {
      throw Failure.failed(
          "there is no alert '" + key + "': see 'tidemark alerts --all -o json' for their keys",
          null);
    } else if (found.size() > 1 && key.length() < FULL_KEY) {
      throw Failure.failed(
          "'" + key + "' begins the keys of " + found.size() + " alerts: give more of its letters",
          null);
    }
    return found.get(0);
  }

  Alert get(String key) {
    return byKey.get(key);
  }

  /** Open alerts, or all, the oldest first; those below an open parent are folded into it. */
  List<Line> folded(boolean all) {
    Map<String, List<Alert>> children = new TreeMap<>();
    List<Alert> tops = new ArrayList<>();
    for (Alert alert : byKey.values()) {
      if (!all && !isOpen(alert)) {
        continue;
      }
      Alert top = top(alert);
      if (top.getAlertKey().equals(alert.getAlertKey())) {
        tops.add(alert);
      } else {
        children.computeIfAbsent(top.getAlertKey(), k -> new ArrayList<>()).add(alert);
      }
    }
    Comparator<Alert> order =
        Comparator.comparingLong(Alert::getStartsAtMs).thenComparing(Alert::getAlertKey);
    children.values().forEach(list -> list.sort(order));
    return tops.stream()
        .sorted(order)
        .map(alert -> new Line(alert, children.getOrDefault(alert.getAlertKey(), List.of())))
        .toList();
  }

  /** The highest open alert above an open one; itself when there is none. */
  private Alert top(Alert alert) {
    Alert top = alert;
    for (Alert above = alert; above != null && isOpen(above); above = parent(above)) {
      top = above;
    }
    return isOpen(alert) ? top : alert;
  }

  private Alert parent(Alert alert) {
    return alert.getParentAlertKey() == null ? null : byKey.get(alert.getParentAlertKey());
  }
}
