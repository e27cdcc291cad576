package dev.tidemark.testkit.oracle;

import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/**
 * Recomputes every window of a log from the definitions. A window as closed is a function of the
 * accepted records that arrived before its end plus the lateness; as revised, of all of them.
 */
public final class WindowOracle {
  private record Key(SeriesKey series, long startMs) {}

  private final OracleConfig config;
  private final DistinctFacts distinct;
  private final Acceptance acceptance;
  private final Map<Key, WindowSum> closed = new HashMap<>();
  private final Map<Key, WindowSum> revised = new HashMap<>();

  private WindowOracle(OracleConfig config, Comparator<SpecificRecord> content) {
    this.config = config;
    this.distinct = new DistinctFacts(content);
    this.acceptance = new Acceptance(config);
  }

  /**
   * Every window that anything was counted into, by {@link OracleWindow#key()}.
   *
   * @param content order of the contents of two different records with one id: the smaller counts
   */
  public static SortedMap<String, OracleWindow> windows(
      OracleConfig config, List<LogEntry> log, Comparator<SpecificRecord> content) {
    WindowOracle oracle = new WindowOracle(config, content);
    List<List<Fact>> traces = oracle.traces(log);
    traces.forEach(oracle::add);
    oracle.addWaits(traces);
    return oracle.result();
  }

  /** The same for a log without different records of one id. */
  public static SortedMap<String, OracleWindow> windows(OracleConfig config, List<LogEntry> log) {
    return windows(
        config,
        log,
        (a, b) -> {
          throw new IllegalArgumentException("two records share an id and differ: " + a + ", " + b);
        });
  }

  /** How many records of the log have an absurd time. */
  public static long quarantined(OracleConfig config, List<LogEntry> log) {
    Acceptance acceptance = new Acceptance(config);
    return log.stream()
        .filter(e -> e.record() != null)
        .filter(e -> acceptance.quarantined(Times.of(e.record()), e.arrivalMs()))
        .count();
  }

  private List<List<Fact>> traces(List<LogEntry> log) {
    Map<String, List<Fact>> byTrace =
        log.stream()
            .flatMap(entry -> acceptance.accept(entry).stream())
            .collect(Collectors.groupingBy(Fact::traceId, TreeMap::new, Collectors.toList()));
    return new ArrayList<>(byTrace.values());
  }

  private void add(List<Fact> facts) {
    OneRun run = new OneRun(config, distinct, facts);
    Map<Integer, List<Contribution>> byCount = new HashMap<>();
    run.windowStarts()
        .forEach(
            start -> {
              int count = run.arrivedBefore(config.correctedFrom(start));
              collect(byCount.computeIfAbsent(count, run::contributions), start, closed);
              collect(byCount.computeIfAbsent(run.size(), run::contributions), start, revised);
            });
  }

  private void addWaits(List<List<Fact>> traces) {
    HumanWaits waits = new HumanWaits(config, distinct, traces);
    List<Contribution> all = waits.contributions(Long.MAX_VALUE);
    waits
        .windowStarts()
        .forEach(
            start -> {
              collect(waits.contributions(config.correctedFrom(start)), start, closed);
              collect(all, start, revised);
            });
  }

  private void collect(List<Contribution> contributions, long start, Map<Key, WindowSum> into) {
    for (Contribution one : contributions) {
      if (config.startOf(one.timeMs()) == start) {
        WindowSum sum = into.computeIfAbsent(new Key(one.series(), start), k -> new WindowSum());
        one.adds().accept(sum);
      }
    }
  }

  private SortedMap<String, OracleWindow> result() {
    SortedMap<String, OracleWindow> windows = new TreeMap<>();
    Map<Key, WindowSum> all = new HashMap<>(revised);
    all.putAll(closed);
    for (Key key : all.keySet()) {
      OracleWindow window =
          new OracleWindow(
              key.series(),
              key.startMs(),
              record(key, closed),
              record(key, revised),
              exemplars(closed.get(key)),
              exemplars(revised.get(key)));
      windows.put(window.key(), window);
    }
    return windows;
  }

  private WindowRecord record(Key key, Map<Key, WindowSum> sums) {
    WindowSum sum = sums.get(key);
    long endMs = key.startMs() + config.windowMs();
    return sum == null ? null : sum.toRecord(key.series(), key.startMs(), endMs);
  }

  private static Map<String, List<String>> exemplars(WindowSum sum) {
    return sum == null ? Map.of() : sum.exemplars();
  }
}
