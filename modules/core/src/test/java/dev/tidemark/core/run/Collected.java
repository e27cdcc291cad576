package dev.tidemark.core.run;

import dev.tidemark.core.window.Counter;
import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.WindowTotals;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.util.TreeMap;

/** Windows of 15 s in a map; arrivals do not matter here. */
final class Collected implements Windows {
  private record Key(Series series, long start) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byStart = Long.compare(start, other.start);
      return byStart != 0 ? byStart : series.compareTo(other.series);
    }
  }

  private final TreeMap<Key, WindowTotals> windows = new TreeMap<>();

  @Override
  public WindowTotals at(Series series, long eventMs, long arrivalMs) {
    return windows.computeIfAbsent(
        new Key(series, eventMs / 15_000 * 15_000), k -> new WindowTotals());
  }

  /** Every window that is not empty, as text, in order. */
  String text() {
    StringBuilder text = new StringBuilder();
    windows.forEach(
        (key, totals) -> {
          WindowRecord record = totals.toRecord(key.series(), key.start(), key.start() + 15_000);
          if (record.getCounted() != 0 || record.getRuns() != 0) {
            text.append(record).append('\n');
          }
        });
    return text.toString();
  }

  long sum(SubjectKind kind, Counter counter) {
    long sum = 0;
    for (var entry : windows.entrySet()) {
      if (entry.getKey().series().kind() == kind) {
        sum += counter.of(entry.getValue().toRecord(entry.getKey().series(), 0, 1));
      }
    }
    return sum;
  }
}
