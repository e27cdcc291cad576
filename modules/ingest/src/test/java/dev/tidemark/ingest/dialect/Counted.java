package dev.tidemark.ingest.dialect;

import dev.tidemark.core.run.RunState;
import dev.tidemark.core.run.SpanFacts;
import dev.tidemark.core.run.Windows;
import dev.tidemark.core.window.Combiner;
import dev.tidemark.core.window.Counter;
import dev.tidemark.core.window.SeriesNode;
import dev.tidemark.core.window.SeriesTable;
import dev.tidemark.core.window.WindowTotals;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.SubjectKind;
import java.util.HashMap;
import java.util.Map;

/** What the spans of some runs add to windows, all of them in time. */
final class Counted implements Windows {
  private final Combiner combiner = new Combiner(15_000, Long.MAX_VALUE / 4);

  static Counted of(Meaning meaning) {
    Counted counted = new Counted();
    SeriesTable table = new SeriesTable(1_000);
    Map<String, RunState> runs = new HashMap<>();
    long offset = 0;
    for (AgentSpan span : meaning.spans()) {
      RunState run = runs.computeIfAbsent(span.getTraceId(), id -> new RunState(1, runs.size(), 9));
      long endMs = span.getEndMs();
      run.insert(SpanFacts.of(span, endMs, offset++, span.hashCode(), false, table), counted);
    }
    runs.values().forEach(run -> run.settle(counted));
    return counted;
  }

  @Override
  public WindowTotals at(SeriesNode node, long eventMs, long causeMs) {
    return combiner.at(node, eventMs, causeMs);
  }

  @Override
  public boolean correction(long eventMs, long causeMs) {
    return combiner.correction(eventMs, causeMs);
  }

  @Override
  public long windowOf(long eventMs) {
    return combiner.windowOf(eventMs);
  }

  long sum(SubjectKind kind, Counter counter) {
    long[] sum = {0};
    combiner.peek(
        series -> series.kind() == kind,
        (node, start, totals, correction) -> sum[0] += totals.get(counter));
    return sum[0];
  }
}
