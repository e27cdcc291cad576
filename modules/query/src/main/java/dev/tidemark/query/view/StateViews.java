package dev.tidemark.query.view;

import dev.tidemark.core.detect.DetectorStates;
import dev.tidemark.core.window.Rollout;
import dev.tidemark.core.window.Series;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.Alert;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.wire.OpenWindowsView.Progress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Read-only access to the stores of {@link dev.tidemark.wire.StateStores}: what observe, detect and
 * alert know at this moment on this instance. Thread-safe. Times are milliseconds since the epoch.
 *
 * <p>Every read may throw {@link NotReadyException} while its store is being restored or moved.
 * Visitors may stop a scan by throwing; the store is left as it was.
 */
public interface StateViews {
  /**
   * Series that announced themselves, with the change event that did, and what stands for versions
   * of prompts and policies, which have no windows; no FLEET, no overflow.
   */
  Map<SeriesKey, ChangeEvent> firstSeen();

  /** Every series that may have windows: those announced, the fleets and the overflows. */
  default Set<SeriesKey> series() {
    var all = new HashSet<SeriesKey>();
    for (SeriesKey key : firstSeen().keySet()) {
      if (Rollout.versionOnly(key)) {
        continue;
      }
      all.add(key);
      all.add(new Series.Scope(key.getTenant(), key.getEnvironment(), "", "").fleet().toKey());
      all.add(Series.of(key).overflow().toKey());
    }
    return all;
  }

  /** Closed windows of one series whose start is in [fromMs, toMs), oldest first. */
  void windows(SeriesKey series, long fromMs, long toMs, Consumer<WindowRecord> visitor);

  /**
   * Parts of windows that are not closed, of one subject, all its series; those of one series and
   * window add up. Provisional: a crash may take them back, and for a moment a part may be here
   * twice or not at all while it is handed on.
   */
  List<WindowRecord> openParts(String tenant, String environment, SubjectKind kind, String name);

  /** How far the partitions have come that are read in this process. */
  List<Progress> progress();

  /** End of the newest closed window of any series; empty before the first one. */
  OptionalLong newestWindowEndMs();

  /** One closed run. */
  Optional<AgentRun> run(String traceId);

  /** All closed runs that are still kept, in no promised order. */
  void runs(Consumer<AgentRun> visitor);

  /** Last state of one alert. */
  Optional<Alert> alert(String alertKey);

  /** Last state of all alerts, in no promised order. */
  void alerts(Consumer<Alert> visitor);

  /**
   * What detectors remember, one after the other for each task of detect in this process. The
   * states cannot be written and are used while the visitor runs only. A value is as it was when it
   * was read, and the task goes on meanwhile: two values may be a window apart, and what a crash
   * takes back may have been seen.
   */
  void detectors(Consumer<DetectorStates> visitor);

  /** State of every store in the engine's own words, such as RUNNING, REBALANCING or ABSENT. */
  Map<String, String> states();

  /** Whether other instances hold partitions that these views cannot see. */
  boolean partial();
}
