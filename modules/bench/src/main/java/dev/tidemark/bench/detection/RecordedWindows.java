package dev.tidemark.bench.detection;

import dev.tidemark.core.run.EventFact;
import dev.tidemark.core.run.RunState;
import dev.tidemark.core.run.SpanFacts;
import dev.tidemark.core.window.Combiner;
import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.SeriesTable;
import dev.tidemark.fleet.Sent;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * The windows that observe closes over records that all arrive in time: linked, combined and judged
 * by its very classes, without a broker.
 */
final class RecordedWindows {
  private static final int LOOP_LIMIT = 5;
  private static final int MOST_SERIES = 1_000_000;
  private final SeriesTable table = new SeriesTable(MOST_SERIES);
  private final Combiner combiner = new Combiner(Counts.WINDOW_MS, Counts.WINDOW_MS);
  private long offset;

  private RecordedWindows() {}

  /** Windows of all series by their end, then in an order that does not change. */
  static List<WindowRecord> of(Collection<List<Sent>> runs) {
    RecordedWindows windows = new RecordedWindows();
    runs.forEach(windows::add);
    List<WindowRecord> closed = new ArrayList<>();
    windows.combiner.take(
        Long.MAX_VALUE - Counts.WINDOW_MS,
        (node, startMs, totals, correction) ->
            closed.add(totals.toRecord(node.series(), startMs, startMs + Counts.WINDOW_MS)));
    closed.sort(
        Comparator.comparingLong(WindowRecord::getWindowEndMs)
            .thenComparing(window -> Series.of(window.getSeries())));
    return closed;
  }

  private void add(List<Sent> records) {
    String trace = records.get(records.size() - 1).span().getTraceId();
    RunState run =
        new RunState(
            HexFormat.fromHexDigitsToLong(trace, 0, 16),
            HexFormat.fromHexDigitsToLong(trace, 16, 32),
            LOOP_LIMIT);
    long lastMs = 0;
    for (Sent record : records) {
      combiner.nextCause();
      offset++;
      if (record.span() != null) {
        run.insert(
            SpanFacts.of(record.span(), record.arrivalMs(), offset, offset, false, table),
            combiner);
        boolean root = record.span().getKind() == SpanKind.RUN;
        lastMs = root ? record.span().getEndMs() : lastMs;
      } else {
        run.insert(fact(record), combiner);
      }
    }
    run.settle(combiner);
    long endMs = Math.floorDiv(lastMs, Counts.WINDOW_MS) * Counts.WINDOW_MS + Counts.WINDOW_MS;
    run.judge(run, endMs, combiner);
  }

  private EventFact fact(Sent record) {
    AgentEvent event = record.event();
    Series.Scope scope =
        new Series.Scope(
            event.getTenant(),
            event.getEnvironment(),
            event.getAgentName(),
            event.getAgentVersion());
    return new EventFact(event, record.arrivalMs(), offset, offset, false, table.scope(scope));
  }
}
