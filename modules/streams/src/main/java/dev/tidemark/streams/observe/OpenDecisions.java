package dev.tidemark.streams.observe;

import dev.tidemark.core.human.DecisionKey;
import dev.tidemark.core.human.HumanFact;
import dev.tidemark.core.human.Waits;
import dev.tidemark.core.window.Combiner;
import dev.tidemark.core.window.SeriesNode;
import dev.tidemark.core.window.SeriesTable;
import dev.tidemark.core.window.SeriesTable.AgentScope;
import dev.tidemark.streams.observe.ToldFacts.Told;
import dev.tidemark.streams.topology.Counts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Requests and decisions of one partition of keys, in a logged store. They are joined in the order
 * of the arrivals that caused them, once all partitions have told what arrived before: what comes
 * out is a function of what was told. A fact is forgotten when nothing that may still come can have
 * to do with it.
 */
final class OpenDecisions {
  private final KeyValueStore<String, byte[]> store;
  private final ObserveConfig config;
  private final DecisionLimits limits;
  private final SeriesTable table;
  private final Combiner windows;
  private final Counts counts;
  private final long humanHorizonMs;
  private final TreeMap<Long, Set<String>> waiting = new TreeMap<>();
  private final Map<String, int[]> tenants = new HashMap<>();
  private int size;
  private long sweptMs = Long.MIN_VALUE;

  OpenDecisions(
      KeyValueStore<String, byte[]> store,
      ObserveConfig config,
      DecisionLimits limits,
      SeriesTable table,
      Combiner windows,
      Counts counts) {
    this.store = store;
    this.config = config;
    this.limits = limits;
    this.table = table;
    this.windows = windows;
    this.counts = counts;
    this.humanHorizonMs = config.humanHorizon().toMillis();
  }

  /** Takes in what was told; it waits until it is joined. */
  void add(HumanFact fact, int sign, long causeMs) {
    String key = name(fact.key());
    ToldFacts told = ToldFacts.of(store.get(key));
    int[] ofTenant = tenants.computeIfAbsent(fact.scope().tenant(), t -> new int[1]);
    boolean full =
        size >= limits.perTask()
            || ofTenant[0] >= limits.perTenant()
            || told.all().size() >= limits.perKey();
    if (full && sign > 0) {
      counts.record("unjoined");
      return;
    }
    size++;
    ofTenant[0]++;
    told.add(new Told(fact, sign, causeMs));
    store.put(key, told.toBytes());
    waiting.computeIfAbsent(causeMs, at -> new TreeSet<>()).add(key);
  }

  /** Joins what arrivals before {@code beforeMs} caused. */
  void join(long beforeMs) {
    while (!waiting.isEmpty() && waiting.firstKey() < beforeMs) {
      var next = waiting.pollFirstEntry();
      for (String key : next.getValue()) {
        join(ToldFacts.of(store.get(key)), next.getKey());
      }
    }
  }

  private void join(ToldFacts told, long causeMs) {
    Map<HumanFact, HumanFact> were = Waits.of(told.before(causeMs), humanHorizonMs);
    Map<HumanFact, HumanFact> are = Waits.of(told.before(causeMs + 1), humanHorizonMs);
    windows.nextCause();
    were.forEach(
        (decision, request) -> {
          if (!request.equals(are.get(decision))) {
            count(decision, request, -1, causeMs);
          }
        });
    are.forEach(
        (decision, request) -> {
          if (!request.equals(were.get(decision))) {
            count(decision, request, 1, causeMs);
            counts.record("waits-joined");
          }
        });
  }

  private void count(HumanFact decision, HumanFact request, int sign, long causeMs) {
    AgentScope scope = table.scope(request.scope());
    SeriesNode node =
        request.tool() == null
            ? scope.agent()
            : scope.node(scope.scope().tool(request.tool(), request.toolVersion()));
    long waitMs = decision.atMs() - request.atMs();
    windows.at(node, decision.timeMs(), causeMs).addHumanWait(waitMs * 1000, sign);
  }

  /**
   * Finds out what waits, and counts again what stands in windows that were not sent.
   *
   * @param sentUpToMs windows that end at or before it were sent
   * @param beforeMs what arrivals before it caused was joined
   */
  void restore(long sentUpToMs, long beforeMs) {
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> next = all.next();
        ToldFacts facts = ToldFacts.of(next.value);
        for (Told told : facts.all()) {
          held(told.fact(), 1);
          if (told.causeMs() >= beforeMs) {
            waiting.computeIfAbsent(told.causeMs(), at -> new TreeSet<>()).add(next.key);
          }
        }
        Waits.of(facts.before(beforeMs), humanHorizonMs)
            .forEach(
                (decision, request) -> {
                  if (windows.windowOf(decision.timeMs()) >= sentUpToMs) {
                    count(decision, request, 1, Long.MIN_VALUE);
                  }
                });
      }
    }
  }

  /**
   * Forgets, from time to time, what is too old to be joined. A record may tell a time that is the
   * human horizon before its own, and be as old as the horizon when it arrives; a request counts
   * for decisions up to the human horizon later.
   */
  void sweep(long boundMs) {
    if (sweptMs != Long.MIN_VALUE && boundMs - sweptMs < humanHorizonMs / 8) {
      return;
    }
    sweptMs = boundMs;
    long beforeMs = boundMs + config.lateness().toMillis();
    long cutMs = beforeMs - config.horizon().toMillis() - 2 * humanHorizonMs;
    List<KeyValue<String, byte[]>> changed = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> next = all.next();
        ToldFacts facts = ToldFacts.of(next.value);
        facts.all().forEach(told -> held(told.fact(), -1));
        Set<HumanFact> answered =
            new HashSet<>(Waits.of(facts.before(beforeMs), humanHorizonMs).values());
        int before = facts.all().size();
        SortedSet<HumanFact> forgotten = facts.forget(cutMs, beforeMs);
        counts.record(
            "requests-unanswered",
            forgotten.stream().filter(f -> !f.decision() && !answered.contains(f)).count());
        facts.all().forEach(told -> held(told.fact(), 1));
        if (facts.all().size() < before) {
          changed.add(KeyValue.pair(next.key, facts.toBytes()));
        }
      }
    }
    changed.forEach(entry -> store.put(entry.key, entry.value));
    tenants.values().removeIf(count -> count[0] <= 0);
    table.sweep(boundMs - config.horizon().toMillis());
  }

  private void held(HumanFact fact, int change) {
    size += change;
    tenants.computeIfAbsent(fact.scope().tenant(), t -> new int[1])[0] += change;
  }

  private static String name(DecisionKey key) {
    return HexFormat.of().toHexDigits(key.tenant()) + HexFormat.of().toHexDigits(key.id());
  }
}
