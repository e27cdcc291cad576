package dev.tidemark.core.window;

import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.WindowRecord;
import java.util.Collection;

/** Coarser views: a merge of windows is exact for counters and keeps the sketch error. */
public final class WindowMerge {
  private WindowMerge() {}

  /** One window over all of {@code windows}, from the earliest start to the latest end. */
  public static WindowRecord merge(SeriesKey series, Collection<WindowRecord> windows) {
    WindowTotals totals = new WindowTotals();
    long start = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    for (WindowRecord window : windows) {
      totals.add(window);
      start = Math.min(start, window.getWindowStartMs());
      end = Math.max(end, window.getWindowEndMs());
    }
    if (windows.isEmpty()) {
      throw new IllegalArgumentException("nothing to merge");
    }
    return totals.toRecord(Series.of(series), start, end);
  }
}
