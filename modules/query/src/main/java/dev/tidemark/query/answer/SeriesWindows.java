package dev.tidemark.query.answer;

import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.WindowTotals;
import dev.tidemark.query.http.Deadline;
import dev.tidemark.query.http.TimeRange;
import dev.tidemark.query.view.StateViews;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.WindowRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads windows of many series within one time limit and merges them exactly. */
final class SeriesWindows {
  private final StateViews views;
  private final Deadline deadline;

  SeriesWindows(StateViews views, Deadline deadline) {
    this.views = views;
    this.deadline = deadline;
  }

  /** Series the filter accepts, sorted by their names. */
  List<SeriesKey> series(SeriesFilter filter) {
    return views.series().stream().filter(filter::accepts).sorted().toList();
  }

  /** Every window of one series in the range. */
  void each(SeriesKey series, TimeRange range, Consumer<WindowRecord> visitor) {
    views.windows(
        series,
        range.fromMs(),
        range.toMs(),
        window -> {
          deadline.check();
          visitor.accept(window);
        });
  }

  /** All windows of all accepted series in the range as one; empty when there is none. */
  Optional<WindowRecord> total(SeriesFilter filter, TimeRange range) {
    var sum = new Sum();
    series(filter).forEach(key -> each(key, range, sum::add));
    return sum.result();
  }

  /** Windows of one group cut into slots of equal length. */
  static final class Slots {
    private final TreeMap<Long, Sum> slots = new TreeMap<>();
    private final long slotMs;

    Slots(long slotMs) {
      this.slotMs = slotMs;
    }

    void add(WindowRecord window) {
      long start = Math.floorDiv(window.getWindowStartMs(), slotMs) * slotMs;
      slots.computeIfAbsent(start, at -> new Sum()).add(window);
    }

    Map<Long, Sum> all() {
      return slots;
    }
  }

  /** A running merge; exact for counters, and sketches keep their error. */
  static final class Sum {
    private final WindowTotals totals = new WindowTotals();
    private SeriesKey series;
    private long startMs = Long.MAX_VALUE;
    private long endMs = Long.MIN_VALUE;

    void add(WindowRecord window) {
      totals.add(window);
      series = series == null ? window.getSeries() : series;
      startMs = Math.min(startMs, window.getWindowStartMs());
      endMs = Math.max(endMs, window.getWindowEndMs());
    }

    Optional<WindowRecord> result() {
      return series == null
          ? Optional.empty()
          : Optional.of(totals.toRecord(Series.of(series), startMs, endMs));
    }
  }
}
