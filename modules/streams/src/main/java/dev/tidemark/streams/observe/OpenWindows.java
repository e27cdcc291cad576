package dev.tidemark.streams.observe;

import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.WindowTotals;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Windows of one subject partition that are still open, in the heap, and the watermark of every
 * source partition. A window closes when the smallest watermark has reached its end. Corrections of
 * windows that are still open wait beside them, so the window as closed holds what was on time.
 */
final class OpenWindows {
  private record Key(Series series, long startMs) {}

  private static final class Open {
    private final WindowTotals totals = new WindowTotals();
    private final long endMs;
    private final long firstOffset;
    private boolean counted;
    private WindowTotals corrections;

    private Open(long endMs, long firstOffset) {
      this.endMs = endMs;
      this.firstOffset = firstOffset;
    }
  }

  /** A window that has just closed, and what its waiting corrections make of it, or null. */
  record Closed(WindowRecord window, WindowRecord corrected) {}

  private final TreeMap<Key, Open> open =
      new TreeMap<>(Comparator.comparingLong(Key::startMs).thenComparing(Key::series));
  private final long[] watermarks;
  private long closedUpTo = SourceClock.UNKNOWN;

  OpenWindows(int sourcePartitions) {
    watermarks = new long[sourcePartitions];
    Arrays.fill(watermarks, SourceClock.UNKNOWN);
  }

  /** Takes up where the marks say it was left. */
  void resumeAt(SubjectMarks marks) {
    int known = Math.min(watermarks.length, marks.watermarksMs().length);
    System.arraycopy(marks.watermarksMs(), 0, watermarks, 0, known);
    closedUpTo = marks.closedUpToMs();
  }

  /** Whether a window is closed already. */
  boolean closed(WindowRecord window) {
    return window.getWindowEndMs() <= closedUpTo;
  }

  /** Adds a part to an open window. */
  void add(WindowRecord part, boolean correction, long offset) {
    Key key = new Key(Series.of(part.getSeries()), part.getWindowStartMs());
    Open window = open.computeIfAbsent(key, k -> new Open(part.getWindowEndMs(), offset));
    if (!correction) {
      window.totals.add(part);
      window.counted = true;
      return;
    }
    if (window.corrections == null) {
      window.corrections = new WindowTotals();
    }
    window.corrections.add(part);
  }

  /** A source partition has come to {@code watermarkMs}; returns what closes, in order. */
  List<Closed> advance(int source, long watermarkMs) {
    watermarks[source] = Math.max(watermarks[source], watermarkMs);
    long smallest = SourceClock.UNKNOWN;
    for (int i = 0; i < watermarks.length; i++) {
      smallest = i == 0 ? watermarks[i] : Math.min(smallest, watermarks[i]);
    }
    closedUpTo = Math.max(closedUpTo, smallest);
    List<Closed> closed = new ArrayList<>();
    while (!open.isEmpty() && open.firstEntry().getValue().endMs <= closedUpTo) {
      closed.add(close(open.pollFirstEntry()));
    }
    return closed;
  }

  SubjectMarks marks(long nextOffset) {
    long first = nextOffset;
    for (Open window : open.values()) {
      first = Math.min(first, window.firstOffset);
    }
    return new SubjectMarks(first, closedUpTo, watermarks.clone());
  }

  private static Closed close(Map.Entry<Key, Open> entry) {
    Key key = entry.getKey();
    Open window = entry.getValue();
    WindowRecord record = null;
    if (window.counted) {
      record = window.totals.toRecord(key.series(), key.startMs(), window.endMs);
    }
    WindowRecord corrected = null;
    if (window.corrections != null) {
      WindowTotals all = new WindowTotals();
      if (record != null) {
        all.add(record);
      }
      all.add(window.corrections.toRecord(key.series(), key.startMs(), window.endMs));
      corrected = all.toRecord(key.series(), key.startMs(), window.endMs);
    }
    return new Closed(record, corrected);
  }
}
