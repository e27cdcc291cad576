package dev.tidemark.streams.observe;

import dev.tidemark.core.window.Rollout;
import dev.tidemark.core.window.Series;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.ChangeKind;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.wire.Partitioning;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Notices versions when their first window closes. The change is told in the partition of the
 * subject, so several subjects may tell the same change: the change id is the same then. What was
 * rolled out is told once more under the fleet, where the fleet's windows stand: in the task that
 * closes them, when it closes them, so that a finding about the fleet finds what it names.
 */
final class FirstSeen {
  /** So many versions of the prompt of an agent, or of the policy of a rule, are remembered. */
  static final int VERSIONS = 200;

  private record Line(
      String tenant,
      String environment,
      SubjectKind kind,
      String name,
      String agent,
      boolean versionOnly) {}

  private final KeyValueStore<SeriesKey, ChangeEvent> store;
  private final int partitions;
  private final int partition;
  private final Map<Line, SeriesKey> latest = new HashMap<>();
  private final Map<Line, Integer> versions = new HashMap<>();

  /**
   * @param partition of the task, of so many
   */
  FirstSeen(KeyValueStore<SeriesKey, ChangeEvent> store, int partition, int partitions) {
    this.store = store;
    this.partition = partition;
    this.partitions = partitions;
    Map<Line, Long> seenAt = new HashMap<>();
    try (KeyValueIterator<SeriesKey, ChangeEvent> all = store.all()) {
      all.forEachRemaining(
          entry -> {
            Line line = line(entry.key);
            count(line);
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
    each(
        fresh,
        startMs,
        (series, change) -> {
          out.accept(change);
          SeriesKey key = series.toKey();
          if (concernsFleet(series)
              && fleetHome(series, partitions) == Partitioning.subject(key, partitions)) {
            tellFleet(series, change, out);
          }
        });
  }

  /**
   * Tells the fleet the changes of series whose windows stand in other partitions, and everybody
   * those of versions that have no windows.
   */
  void named(List<SeriesKey> series, long startMs, Consumer<ChangeEvent> out) {
    each(
        series,
        startMs,
        (one, change) -> {
          SeriesKey key = one.toKey();
          if (Rollout.versionOnly(key) && Partitioning.subject(key, partitions) == partition) {
            out.accept(change);
          }
          if (fleetHome(one, partitions) == partition) {
            tellFleet(one, change, out);
          }
        });
  }

  private void each(List<SeriesKey> some, long startMs, BiConsumer<Series, ChangeEvent> out) {
    List<Series> order = new ArrayList<>();
    some.forEach(series -> order.add(Series.of(series)));
    Collections.sort(order);
    for (Series next : order) {
      SeriesKey series = next.toKey();
      if (!Rollout.tells(series) || store.get(series) != null) {
        continue;
      }
      Line line = line(series);
      if (line.versionOnly() && versions.getOrDefault(line, 0) >= VERSIONS) {
        continue;
      }
      ChangeEvent change = Rollout.of(series, latest.put(line, series), startMs);
      count(line);
      store.put(series, change);
      out.accept(next, change);
    }
  }

  private void count(Line line) {
    if (line.versionOnly()) {
      versions.merge(line, 1, Integer::sum);
    }
  }

  /** Of a new version of an agent the agent tells, not each of its subjects. */
  private static void tellFleet(Series series, ChangeEvent change, Consumer<ChangeEvent> out) {
    if (change.getKind() != ChangeKind.AGENT_VERSION || series.kind() == SubjectKind.AGENT) {
      Series fleet = fleet(series);
      out.accept(
          ChangeEvent.newBuilder(change)
              .setSubjectKind(fleet.kind().name())
              .setSubjectName(fleet.name())
              .build());
    }
  }

  /** Whether a series has a version of its own, the rolling out of which its fleet may feel. */
  static boolean concernsFleet(Series series) {
    return series.kept()
        && switch (series.kind()) {
          case AGENT -> known(series.agentVersion());
          case TOOL -> known(series.toolVersion());
          case MODEL -> known(series.modelBackend());
          case POLICY, FLEET, UNKNOWN -> false;
        };
  }

  /** The partition where the windows of the fleet of a series stand. */
  static int fleetHome(Series series, int partitions) {
    return Partitioning.subject(fleet(series).toKey(), partitions);
  }

  private static Series fleet(Series series) {
    return new Series.Scope(series.tenant(), series.environment(), "", "").fleet();
  }

  private static boolean known(String version) {
    return !version.isEmpty() && !version.equals(Series.UNKNOWN);
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
        s.getAgentName(),
        Rollout.versionOnly(s));
  }
}
