package dev.tidemark.streams.observe;

import dev.tidemark.core.window.Series;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.ChangeKind;
import dev.tidemark.records.ChangeSource;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

  private record Versions(String agent, String tool, String backend) {}

  private final KeyValueStore<SeriesKey, ChangeEvent> store;
  private final Map<Line, Versions> latest = new HashMap<>();

  FirstSeen(KeyValueStore<SeriesKey, ChangeEvent> store) {
    this.store = store;
    Map<Line, Long> seenAt = new HashMap<>();
    try (KeyValueIterator<SeriesKey, ChangeEvent> all = store.all()) {
      all.forEachRemaining(
          entry -> {
            Line line = line(entry.key);
            long at = entry.value.getTimeMs();
            if (at >= seenAt.getOrDefault(line, Long.MIN_VALUE)) {
              seenAt.put(line, at);
              latest.put(line, versions(entry.key));
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
      if (series.getSubjectKind() == SubjectKind.FLEET
          || !next.kept()
          || store.get(series) != null) {
        continue;
      }
      Versions now = versions(series);
      Versions before = latest.put(line(series), now);
      ChangeEvent change = change(series, now, before, startMs);
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
    return known(change.getVersion())
        && (change.getKind() != ChangeKind.AGENT_VERSION
            || change.getSubjectKind().equals(SubjectKind.AGENT.name()));
  }

  private static ChangeEvent change(
      SeriesKey series, Versions now, Versions before, long windowStartMs) {
    ChangeKind kind = ChangeKind.AGENT_VERSION;
    String version = now.agent();
    String previous = before == null ? null : before.agent();
    boolean sameAgent = before == null || before.agent().equals(now.agent());
    if (known(now.tool()) && (sameAgent || !before.tool().equals(now.tool()))) {
      kind = ChangeKind.TOOL_VERSION;
      version = now.tool();
      previous = before == null ? null : before.tool();
    } else if (known(now.backend()) && (sameAgent || !before.backend().equals(now.backend()))) {
      kind = ChangeKind.MODEL_VERSION;
      version = now.backend();
      previous = before == null ? null : before.backend();
    }
    boolean ofAgent = kind == ChangeKind.AGENT_VERSION;
    boolean isAgent = series.getSubjectKind() == SubjectKind.AGENT;
    String agent = isAgent ? series.getSubjectName() : series.getAgentName();
    String name = ofAgent ? agent : series.getSubjectName();
    return new ChangeEvent(
        id(series, kind, name, version),
        series.getTenant(),
        series.getEnvironment(),
        kind,
        name,
        version,
        previous,
        agent,
        series.getSubjectKind().name(),
        series.getSubjectName(),
        windowStartMs,
        ChangeSource.FIRST_SEEN,
        null);
  }

  private static String id(SeriesKey series, ChangeKind kind, String name, String version) {
    String canonical =
        String.join("\0", series.getTenant(), series.getEnvironment(), kind.name(), name, version);
    return UUID.nameUUIDFromBytes(canonical.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static boolean known(String version) {
    return !version.isEmpty() && !version.equals(Series.UNKNOWN);
  }

  private static Line line(SeriesKey s) {
    return new Line(
        s.getTenant(),
        s.getEnvironment(),
        s.getSubjectKind(),
        s.getSubjectName(),
        s.getAgentName());
  }

  private static Versions versions(SeriesKey s) {
    return new Versions(s.getAgentVersion(), s.getToolVersion(), s.getModelBackend());
  }
}
