package dev.tidemark.streams.observe;

import dev.tidemark.core.window.Rollout;
import dev.tidemark.core.window.Series;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.ChangeKind;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Notices versions when their first window closes. The change is told in the partition of the
 * subject, so several subjects may tell the same change: the change id is the same then. What was
 * rolled out is told once more under the fleet, whose windows stand in another partition.
 */
final class FirstSeen {
  private record Line(
      String tenant, String environment, SubjectKind kind, String name, String agent) {}

  private final KeyValueStore<SeriesKey, ChangeEvent> store;
  private final Map<Line, SeriesKey> latest = new HashMap<>();

  FirstSeen(KeyValueStore<SeriesKey, ChangeEvent> store) {
    this.store = store;
    Map<Line, Long> seenAt = new HashMap<>();
    try (KeyValueIterator<SeriesKey, ChangeEvent> all = store.all()) {
      all.forEachRemaining(
          entry -> {
            Line line = line(entry.key);
            long at = entry.value.getTimeMs();
            long known = seenAt.getOrDefault(line, Long.MIN_VALUE);
            if (at > known || (at == known && behind(latest.get(line), entry.key))) {
              seenAt.put(line, at);
              latest.put(line, entry.key);
            }
          });
    }
  }

  /** Tells the changes of series whose first window since a restart starts at {@code startMs}. */
  void check(List<SeriesKey> fresh, long startMs, Consumer<ChangeEvent> out) {
    List<Series> order = new ArrayList<>();
    fresh.forEach(series -> order.add(Series.of(series)));
    Collections.sort(order);
    for (Series next : order) {
      SeriesKey series = next.toKey();
      if (!Rollout.tells(series) || store.get(series) != null) {
        continue;
      }
      ChangeEvent change = Rollout.of(series, latest.put(line(series), series), startMs);
      store.put(series, change);
      out.accept(change);
      if (concernsFleet(change)) {
        Series fleet = new Series.Scope(next.tenant(), next.environment(), "", "").fleet();
        out.accept(
            ChangeEvent.newBuilder(change)
                .setSubjectKind(fleet.kind().name())
                .setSubjectName(fleet.name())
                .build());
      }
    }
  }

  /** Every subject of an agent tells its new version: for the fleet the agent itself is enough. */
  private static boolean concernsFleet(ChangeEvent change) {
    return !change.getVersion().isEmpty()
        && !change.getVersion().equals(Series.UNKNOWN)
        && (change.getKind() != ChangeKind.AGENT_VERSION
            || change.getSubjectKind().equals(SubjectKind.AGENT.name()));
  }

  /** Of versions first seen in one window the greater one counts as the later. */
  private static boolean behind(SeriesKey known, SeriesKey other) {
    return Series.of(known).compareTo(Series.of(other)) < 0;
  }

  private static Line line(SeriesKey s) {
    return new Line(
        s.getTenant(),
        s.getEnvironment(),
        s.getSubjectKind(),
        s.getSubjectName(),
        s.getAgentName());
  }
}
