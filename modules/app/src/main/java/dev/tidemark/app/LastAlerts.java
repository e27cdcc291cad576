package dev.tidemark.app;

import dev.tidemark.app.host.Cluster;
import dev.tidemark.app.host.TopicReader;
import dev.tidemark.core.detect.AlertLine;
import dev.tidemark.records.Alert;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last state of every alert. */
final class LastAlerts {
  private static final int FULL_KEY = 32;
  private final Map<String, Alert> byKey = new LinkedHashMap<>();

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

  /** Open alerts, or all, as people read them, the oldest first. */
  List<AlertLine> folded(boolean all) {
    return AlertLine.of(
        byKey.values().stream()
            .filter(alert -> all || AlertLine.isOpen(alert))
            .sorted(
                Comparator.comparingLong(Alert::getStartsAtMs).thenComparing(Alert::getAlertKey))
            .toList());
  }
}
