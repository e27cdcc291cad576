package dev.tidemark.query;

import dev.tidemark.query.view.NotReadyException;
import dev.tidemark.query.view.StateViews;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.Alert;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.wire.StateStores;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Stores in maps, filled by hand; a store can be closed to see what is said then. */
public final class InMemoryViews implements StateViews {
  private final Map<SeriesKey, ChangeEvent> series = new TreeMap<>();
  private final Map<SeriesKey, TreeMap<Long, WindowRecord>> windows = new TreeMap<>();
  private final Map<String, AgentRun> runs = new LinkedHashMap<>();
  private final Map<String, Alert> alerts = new LinkedHashMap<>();
  private volatile boolean restoring;

  public InMemoryViews window(WindowRecord window) {
    windows
        .computeIfAbsent(window.getSeries(), key -> new TreeMap<>())
        .put(window.getWindowStartMs(), window);
    if (window.getSeries().getSubjectKind() != SubjectKind.FLEET) {
      announce(window);
    }
    return this;
  }

  private void announce(WindowRecord window) {
    series.computeIfAbsent(window.getSeries(), key -> Records.firstSeen(window));
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
