package dev.tidemark.query;

import dev.tidemark.core.detect.DetectorSettings;
import dev.tidemark.core.detect.DetectorStates;
import dev.tidemark.core.detect.DriftDetector;
import dev.tidemark.query.view.NotReadyException;
import dev.tidemark.query.view.StateViews;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.Alert;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.wire.OpenWindowsView.Progress;
import dev.tidemark.wire.StateStores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Stores in maps, filled by hand; a store can be closed to see what is said then. */
public final class InMemoryViews implements StateViews {
  public static final DetectorSettings SETTINGS = DetectorSettings.defaults(1);
  private final Map<SeriesKey, ChangeEvent> series = new TreeMap<>();
  private final Map<SeriesKey, TreeMap<Long, WindowRecord>> windows = new TreeMap<>();
  private final Map<String, AgentRun> runs = new LinkedHashMap<>();
  private final Map<String, Alert> alerts = new LinkedHashMap<>();
  private final List<WindowRecord> open = new ArrayList<>();
  private final DetectorStates detectors = DetectorStates.inHeap();
  private final DriftDetector detector = new DriftDetector(SETTINGS);
  private final List<Progress> progress = new ArrayList<>();
  private volatile boolean restoring;
  private volatile boolean openUnread;
  private int detectorReads;

  public InMemoryViews window(WindowRecord window) {
    windows
        .computeIfAbsent(window.getSeries(), key -> new TreeMap<>())
        .put(window.getWindowStartMs(), window);
    detector.observe(window, detectors);
    if (window.getSeries().getSubjectKind() != SubjectKind.FLEET) {
      announce(window);
    }
    return this;
  }

  private void announce(WindowRecord window) {
    series.computeIfAbsent(window.getSeries(), key -> Records.firstSeen(window));
  }

  public InMemoryViews openPart(WindowRecord part) {
    open.add(part);
    return this;
  }

  /** Progress instead of what was there. */
  public InMemoryViews progress(Progress... all) {
    progress.clear();
    progress.addAll(List.of(all));
    return this;
  }

  /** Only the open windows cannot be read. */
  public InMemoryViews openUnread(boolean value) {
    openUnread = value;
    return this;
  }

  public InMemoryViews run(AgentRun run) {
    runs.put(run.getTraceId(), run);
    return this;
  }

  public InMemoryViews alert(Alert alert) {
    alerts.put(alert.getAlertKey(), alert);
    return this;
  }

  public InMemoryViews restoring(boolean value) {
    restoring = value;
    return this;
  }

  @Override
  public Map<SeriesKey, ChangeEvent> firstSeen() {
    check(StateStores.SERIES);
    return series;
  }

  @Override
  public void windows(SeriesKey key, long fromMs, long toMs, Consumer<WindowRecord> visitor) {
    check(StateStores.WINDOWS);
    if (fromMs < toMs) {
      windows.getOrDefault(key, new TreeMap<>()).subMap(fromMs, toMs).values().forEach(visitor);
    }
  }

  @Override
  public List<WindowRecord> openParts(
      String tenant, String environment, SubjectKind kind, String name) {
    checkOpen();
    return open.stream()
        .filter(part -> part.getSeries().getTenant().equals(tenant))
        .filter(part -> part.getSeries().getEnvironment().equals(environment))
        .filter(part -> part.getSeries().getSubjectKind() == kind)
        .filter(part -> part.getSeries().getSubjectName().equals(name))
        .toList();
  }

  @Override
  public List<Progress> progress() {
    checkOpen();
    return List.copyOf(progress);
  }

  private void checkOpen() {
    check(StateStores.OPEN_WINDOWS);
    if (openUnread) {
      throw new NotReadyException(StateStores.OPEN_WINDOWS, "REBALANCING", null);
    }
  }

  @Override
  public OptionalLong newestWindowEndMs() {
    check(StateStores.WINDOWS);
    return windows.values().stream()
        .mapToLong(each -> each.lastEntry().getValue().getWindowEndMs())
        .max();
  }

  @Override
  public Optional<AgentRun> run(String traceId) {
    check(StateStores.RUNS);
    return Optional.ofNullable(runs.get(traceId));
  }

  @Override
  public void runs(Consumer<AgentRun> visitor) {
    check(StateStores.RUNS);
    runs.values().forEach(visitor);
  }

  @Override
  public Optional<Alert> alert(String alertKey) {
    check(StateStores.ALERTS);
    return Optional.ofNullable(alerts.get(alertKey));
  }

  @Override
  public void alerts(Consumer<Alert> visitor) {
    check(StateStores.ALERTS);
    alerts.values().forEach(visitor);
  }

  /** Event time has come so far. */
  public InMemoryViews tick(long timeMs) {
    detector.tick(timeMs, detectors);
    return this;
  }

  @Override
  public void detectors(Consumer<DetectorStates> visitor) {
    check(StateStores.DETECTORS);
    visitor.accept(
        new DetectorStates() {
          @Override
          public byte[] get(String key) {
            detectorReads++;
            return detectors.get(key);
          }

          @Override
          public void put(String key, byte[] value) {
            throw new UnsupportedOperationException(key);
          }

          @Override
          public void each(String prefix, BiConsumer<String, byte[]> each) {
            detectors.each(prefix, each);
          }
        });
  }

  /** How many states of detectors were looked up. */
  public int detectorReads() {
    return detectorReads;
  }

  @Override
  public Map<String, String> states() {
    String state = restoring ? "REBALANCING" : "RUNNING";
    return Map.of(StateStores.WINDOWS, state, StateStores.ALERTS, state);
  }

  @Override
  public boolean partial() {
    return false;
  }

  private void check(String store) {
    if (restoring) {
      throw new NotReadyException(store, "REBALANCING", null);
    }
  }
}
