package dev.tidemark.core.run;

import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.SeriesTable;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.AgentSpan;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts records at hand together into runs, as a topology would that had read exactly them. */
public final class RunPreview {
  private static final int HALF = 16;
  private static final Comparator<AgentRun> ORDER =
      Comparator.comparing(AgentRun::getEndMs).thenComparing(AgentRun::getTraceId);

  private RunPreview() {}

  /**
   * One summary per trace that tells of an agent, in the order of their ends. All records arrive as
   * they end, in time.
   *
   * @param loopLimit identical calls from which a run counts as looping
   */
  public static List<AgentRun> of(
      Collection<AgentSpan> spans, Collection<AgentEvent> events, int loopLimit) {
    SeriesTable table = new SeriesTable(Integer.MAX_VALUE);
    Map<String, RunState> runs = new TreeMap<>();
    long offset = 0;
    for (AgentSpan span : spans) {
      RunState run = runs.computeIfAbsent(span.getTraceId(), trace -> run(trace, loopLimit));
      SpanFact fact = SpanFacts.of(span, span.getEndMs(), offset++, span.hashCode(), false, table);
      run.insert(fact, Nowhere.WINDOWS);
    }
    for (AgentEvent event : events) {
      RunState run = runs.computeIfAbsent(event.getTraceId(), trace -> run(trace, loopLimit));
      String version = event.getAgentVersion() == null ? Series.UNKNOWN : event.getAgentVersion();
      Series.Scope scope =
          new Series.Scope(
              event.getTenant(), event.getEnvironment(), event.getAgentName(), version);
      run.insert(
          new EventFact(
              event, event.getTimeMs(), offset++, event.hashCode(), false, table.scope(scope)),
          Nowhere.WINDOWS);
    }
    runs.values().forEach(run -> run.settle(Nowhere.WINDOWS));
    return runs.values().stream()
        .filter(RunState::tellsOfAgent)
        .map(run -> run.summary(0))
        .sorted(ORDER)
        .toList();
  }

  private static RunState run(String trace, int loopLimit) {
    return new RunState(half(trace, 0), half(trace, HALF), loopLimit);
  }

  private static long half(String trace, int from) {
    return Long.parseUnsignedLong(trace, from, from + HALF, 16);
  }
}
