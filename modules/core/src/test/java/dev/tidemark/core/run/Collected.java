package dev.tidemark.core.run;

import dev.tidemark.core.window.Combiner;
import dev.tidemark.core.window.Counter;
import dev.tidemark.core.window.SeriesNode;
import dev.tidemark.core.window.WindowTotals;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.util.TreeMap;

/** Windows of 15 s that are never over; arrivals do not matter here. */
final class Collected implements Windows {
  private final Combiner combiner = new Combiner(15_000, Long.MAX_VALUE / 4);

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

  /** Every window that is not empty, as text, in order. */
  String text() {
    TreeMap<String, WindowRecord> windows = new TreeMap<>();
    combiner.peek(
        series -> true,
        (node, start, totals, correction) -> {
          WindowRecord record = totals.toRecord(node.series(), start, start + 15_000);
          if (record.getCounted() != 0 || record.getRuns() != 0) {
            windows.put(start + " " + node.series(), record);
          }
        });
    StringBuilder text = new StringBuilder();
    windows.values().forEach(window -> text.append(window).append('\n'));
    return text.toString();
  }

  long sum(SubjectKind kind, Counter counter) {
    long[] sum = {0};
    combiner.peek(
        series -> series.kind() == kind,
        (node, start, totals, correction) -> sum[0] += totals.get(counter));
    return sum[0];
  }
}
