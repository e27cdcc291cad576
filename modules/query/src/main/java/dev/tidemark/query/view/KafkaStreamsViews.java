package dev.tidemark.query.view;

import dev.tidemark.core.detect.DetectorStates;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.Alert;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.wire.OpenWindowsView;
import dev.tidemark.wire.OpenWindowsView.Progress;
import dev.tidemark.wire.StateStores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * Views over the engines that run in this process, by role. A role that does not run here has no
 * stores here: its reads throw {@link NotReadyException} with state ABSENT.
 */
public final class KafkaStreamsViews implements StateViews {
  private static final String ABSENT = "ABSENT";
  private static final List<String> OPEN =
      List.of(StateStores.OPEN_WINDOWS, StateStores.OPEN_PARTIALS);
  private static final Map<String, String> ROLES = roles();
  private final Map<String, KafkaStreams> engines;

  private KafkaStreamsViews(Map<String, KafkaStreams> engines) {
    this.engines = Map.copyOf(engines);
  }

  /** Views over running engines; keys are the role names observe, detect and alert. */
  public static KafkaStreamsViews over(Map<String, KafkaStreams> engines) {
    return new KafkaStreamsViews(engines);
  }

  private static Map<String, String> roles() {
    var roles = new LinkedHashMap<String, String>();
    roles.put(StateStores.WINDOWS, "observe");
    OPEN.forEach(store -> roles.put(store, "observe"));
    roles.put(StateStores.SERIES, "observe");
    roles.put(StateStores.RUNS, "observe");
    roles.put(StateStores.DETECTORS, "detect");
    roles.put(StateStores.ALERTS, "alert");
    return roles;
  }

  @Override
  public Map<SeriesKey, ChangeEvent> firstSeen() {
    return read(
        StateStores.SERIES,
        QueryableStoreTypes.<SeriesKey, ChangeEvent>keyValueStore(),
        store -> {
          var all = new LinkedHashMap<SeriesKey, ChangeEvent>();
          try (KeyValueIterator<SeriesKey, ChangeEvent> entries = store.all()) {
            entries.forEachRemaining(entry -> all.put(entry.key, entry.value));
          }
          return all;
        });
  }

  @Override
  public void windows(SeriesKey series, long fromMs, long toMs, Consumer<WindowRecord> visitor) {
    if (fromMs >= toMs) {
      return;
    }
    read(
        StateStores.WINDOWS,
        windowStore(),
        store -> {
          try (WindowStoreIterator<WindowRecord> windows =
              store.fetch(series, Instant.ofEpochMilli(fromMs), Instant.ofEpochMilli(toMs - 1))) {
            windows.forEachRemaining(window -> visitor.accept(window.value));
          }
          return null;
        });
  }

  @Override
  public List<WindowRecord> openParts(
      String tenant, String environment, SubjectKind kind, String name) {
    return open(view -> view.parts(tenant, environment, kind, name));
  }

  @Override
  public List<Progress> progress() {
    return open(OpenWindowsView::progress);
  }

  /** Answers of both stages; of one, where only one has tasks here. */
  private <R> List<R> open(Function<OpenWindowsView, List<R>> question) {
    var all = new ArrayList<R>();
    NotReadyException none = null;
    for (String store : OPEN) {
      try {
        all.addAll(read(store, new LocalOpenWindows(), question));
      } catch (NotReadyException e) {
        if (none != null) {
          throw none;
        }
        none = e;
      }
    }
    return all;
  }

  @Override
  public OptionalLong newestWindowEndMs() {
    Set<SeriesKey> known = series();
    return read(
        StateStores.WINDOWS,
        windowStore(),
        store ->
            known.stream().mapToLong(key -> newestEnd(store, key)).filter(end -> end > 0).max());
  }

  private static long newestEnd(ReadOnlyWindowStore<SeriesKey, WindowRecord> store, SeriesKey key) {
    try (WindowStoreIterator<WindowRecord> windows =
        store.backwardFetch(key, Instant.EPOCH, Instant.ofEpochMilli(Long.MAX_VALUE))) {
      return windows.hasNext() ? windows.next().value.getWindowEndMs() : 0;
    }
  }

  @Override
  public Optional<AgentRun> run(String traceId) {
    return read(
        StateStores.RUNS,
        QueryableStoreTypes.<String, AgentRun>windowStore(),
        store -> {
          try (WindowStoreIterator<AgentRun> ends =
              store.fetch(traceId, Instant.EPOCH, Instant.ofEpochMilli(Long.MAX_VALUE))) {
            AgentRun newest = null;
            while (ends.hasNext()) {
              newest = newer(newest, ends.next().value);
            }
            return Optional.ofNullable(newest);
          }
        });
  }

  /** A revision may have moved the end of a run; the one before stands at the end before. */
  private static AgentRun newer(AgentRun a, AgentRun b) {
    return a == null || b.getRevision() >= a.getRevision() ? b : a;
  }

  @Override
  public void runs(Consumer<AgentRun> visitor) {
    read(
        StateStores.RUNS,
        QueryableStoreTypes.<String, AgentRun>windowStore(),
        store -> {
          var newest = new LinkedHashMap<String, AgentRun>();
          try (KeyValueIterator<Windowed<String>, AgentRun> all = store.all()) {
            all.forEachRemaining(
                entry -> newest.merge(entry.key.key(), entry.value, KafkaStreamsViews::newer));
          }
          newest.values().forEach(visitor);
          return newest.size();
        });
  }

  @Override
  public Optional<Alert> alert(String alertKey) {
    return read(
        StateStores.ALERTS,
        QueryableStoreTypes.<String, Alert>keyValueStore(),
        store -> Optional.ofNullable(store.get(alertKey)));
  }

  @Override
  public void alerts(Consumer<Alert> visitor) {
    visit(StateStores.ALERTS, visitor);
  }

  @Override
  public void detectors(Consumer<DetectorStates> visitor) {
    this.<List<DetectorStates>, Void>read(
        StateStores.DETECTORS,
        new LocalDetectors(),
        tasks -> {
          tasks.forEach(visitor);
          return null;
        });
  }

  @Override
  public Map<String, String> states() {
    var states = new LinkedHashMap<String, String>();
    ROLES.forEach((store, role) -> states.put(store, state(role)));
    return states;
  }

  @Override
  public boolean partial() {
    return ROLES.entrySet().stream()
        .anyMatch(
            entry -> {
              KafkaStreams engine = engines.get(entry.getValue());
              return engine != null
                  && engine.state().isRunningOrRebalancing()
                  && engine.streamsMetadataForStore(entry.getKey()).size() > 1;
            });
  }

  private static QueryableStoreType<ReadOnlyWindowStore<SeriesKey, WindowRecord>> windowStore() {
    return QueryableStoreTypes.windowStore();
  }

  private <V> void visit(String name, Consumer<V> visitor) {
    this.<ReadOnlyKeyValueStore<String, V>, Void>read(
        name,
        QueryableStoreTypes.keyValueStore(),
        store -> {
          try (KeyValueIterator<String, V> entries = store.all()) {
            entries.forEachRemaining(entry -> visitor.accept(entry.value));
          }
          return null;
        });
  }

  private <S, R> R read(String name, QueryableStoreType<S> type, Function<S, R> reader) {
    String role = ROLES.get(name);
    KafkaStreams engine = engines.get(role);
    if (engine == null) {
      throw new NotReadyException(name, ABSENT, null);
    }
    S store;
    try {
      store = engine.store(StoreQueryParameters.fromNameAndType(name, type));
    } catch (InvalidStateStoreException | IllegalStateException e) {
      throw new NotReadyException(name, state(role), e);
    }
    try {
      return reader.apply(store);
    } catch (InvalidStateStoreException e) {
      throw new NotReadyException(name, state(role), e);
    }
  }

  private String state(String role) {
    KafkaStreams engine = engines.get(role);
    return engine == null ? ABSENT : engine.state().name();
  }
}
