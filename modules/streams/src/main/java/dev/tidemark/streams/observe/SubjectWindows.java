package dev.tidemark.streams.observe;

import dev.tidemark.core.bytes.ByteReader;
import dev.tidemark.core.hash.Slices;
import dev.tidemark.core.window.PartialCodec;
import dev.tidemark.core.window.WindowTotals;
import dev.tidemark.wire.BinaryAvroSerde;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Windows of one subject partition that are still open, in the heap, and the watermark of every
 * source partition. A window closes when the smallest watermark has reached its end. Corrections of
 * windows that are still open wait beside them, so the window as closed holds what was on time.
 */
final class SubjectWindows {
  /** A series by its key in Avro binary. */
  static final class Line {
    private static final Open[] NONE = {};
    final byte[] key;
    final byte[] stored;
    boolean seen;
    private Open[] open = NONE;
    private long lastMs;

    private Line(byte[] key) {
      this.key = key;
      this.stored = BinaryAvroSerde.stored(key);
    }

    private Open at(long startMs) {
      for (Open window : open) {
        if (window.startMs == startMs) {
          return window;
        }
      }
      return null;
    }

    private void add(Open window) {
      open = Arrays.copyOf(open, open.length + 1);
      open[open.length - 1] = window;
      lastMs = Math.max(lastMs, window.startMs);
    }

    private void remove(Open window) {
      Open[] fewer = open.length == 1 ? NONE : new Open[open.length - 1];
      int count = 0;
      for (Open kept : open) {
        if (kept != window) {
          fewer[count++] = kept;
        }
      }
      open = fewer;
    }
  }

  /** A window while it is open. */
  static final class Open {
    final Line line;
    final long startMs;
    WindowTotals totals;
    WindowTotals corrections;

    private Open(Line line, long startMs) {
      this.line = line;
      this.startMs = startMs;
    }
  }

  /** All open windows of one time. */
  private static final class Column {
    private final List<Open> windows = new ArrayList<>();
    private final List<Line> named = new ArrayList<>();
    private final long firstOffset;

    private Column(long firstOffset) {
      this.firstOffset = firstOffset;
    }
  }

  /** Receives windows that close, series by series. */
  interface Out {
    /** A window that closes, and what waits to correct it; either may be null. */
    void close(Line line, long startMs, WindowTotals totals, WindowTotals corrections);

    /** Windows have closed of series that were only named, in no promised order. */
    default void named(List<Line> lines, long startMs) {}
  }

  /** Windows of one bound are told in the order of their series, so readers see one order. */
  private static final Comparator<Open> BY_SERIES =
      (a, b) -> Arrays.compareUnsigned(a.line.key, b.line.key);

  private final long windowMs;
  private final Slices<Line> lines = new Slices<>();
  private final TreeMap<Long, Column> columns = new TreeMap<>();
  private final long[] watermarks;
  private long closedUpTo = SourceClock.UNKNOWN;
  private long sweptMs = SourceClock.UNKNOWN;

  SubjectWindows(int sourcePartitions, long windowMs) {
    this.windowMs = windowMs;
    this.watermarks = new long[sourcePartitions];
    Arrays.fill(watermarks, SourceClock.UNKNOWN);
  }

  /** Takes up where the marks say it was left. */
  void resumeAt(SubjectMarks marks) {
    int known = Math.min(watermarks.length, marks.watermarksMs().length);
    System.arraycopy(marks.watermarksMs(), 0, watermarks, 0, known);
    closedUpTo = marks.closedUpToMs();
  }

  /** Whether the window that starts at {@code startMs} is closed already. */
  boolean closed(long startMs) {
    return startMs + windowMs <= closedUpTo;
  }

  /** The series whose key stands in the bytes. */
  Line line(byte[] bytes, int from, int to) {
    Line line = lines.get(bytes, from, to);
    if (line == null) {
      line = new Line(Arrays.copyOfRange(bytes, from, to));
      lines.put(bytes, from, to, line);
    }
    return line;
  }

  /** Adds a part to an open window. */
  void add(Line line, long startMs, boolean correction, ByteReader part, long offset) {
    Open window = line.at(startMs);
    if (window == null) {
      window = new Open(line, startMs);
      line.add(window);
      column(startMs, offset).windows.add(window);
    }
    if (correction) {
      window.corrections = window.corrections == null ? new WindowTotals() : window.corrections;
      PartialCodec.addTo(window.corrections, part);
    } else {
      window.totals = window.totals == null ? new WindowTotals() : window.totals;
      PartialCodec.addTo(window.totals, part);
    }
  }

  /** Notes that a series of another partition has an open window. */
  void name(Line line, long startMs, long offset) {
    List<Line> named = column(startMs, offset).named;
    if (!named.contains(line)) {
      named.add(line);
    }
  }

  private Column column(long startMs, long offset) {
    Column column = columns.get(startMs);
    if (column == null) {
      column = new Column(offset);
      columns.put(startMs, column);
    }
    return column;
  }

  /** A source partition has come to {@code watermarkMs}; what closes goes to {@code out}. */
  boolean advance(int source, long watermarkMs, Out out) {
    if (source < 0 || source >= watermarks.length || watermarkMs <= watermarks[source]) {
      return false;
    }
    watermarks[source] = watermarkMs;
    long smallest = Arrays.stream(watermarks).min().orElse(SourceClock.UNKNOWN);
    if (smallest <= closedUpTo) {
      return false;
    }
    boolean bound = Math.floorDiv(smallest, windowMs) > Math.floorDiv(closedUpTo, windowMs);
    closedUpTo = smallest;
    while (!columns.isEmpty() && columns.firstKey() + windowMs <= closedUpTo) {
      long start = columns.firstKey();
      Column column = columns.pollFirstEntry().getValue();
      if (!column.named.isEmpty()) {
        out.named(column.named, start);
      }
      List<Open> closing = column.windows;
      closing.sort(BY_SERIES);
      for (Open window : closing) {
        window.line.remove(window);
        out.close(window.line, start, window.totals, window.corrections);
      }
    }
    return bound;
  }

  /** Forgets series that nothing was counted in since {@code beforeMs}. */
  void sweep(long keepMs) {
    if (sweptMs == SourceClock.UNKNOWN || closedUpTo - sweptMs > keepMs / 4) {
      sweptMs = closedUpTo;
      lines.removeIf(line -> line.open.length == 0 && line.lastMs < closedUpTo - keepMs);
    }
  }

  /** What is open, oldest first. */
  void each(Out out) {
    columns.forEach(
        (start, column) ->
            column.windows.forEach(w -> out.close(w.line, start, w.totals, w.corrections)));
  }

  SubjectMarks marks(long nextOffset) {
    long first = nextOffset;
    for (Column column : columns.values()) {
      first = Math.min(first, column.firstOffset);
    }
    return new SubjectMarks(first, closedUpTo, watermarks.clone());
  }

  int sources() {
    return watermarks.length;
  }

  long watermark(int source) {
    return watermarks[source];
  }

  long closedUpTo() {
    return closedUpTo;
  }
}
