package dev.tidemark.core.window;

import dev.tidemark.core.bytes.ByteWriter;
import dev.tidemark.records.SubjectKind;

/**
 * A series that a task knows: what it rolls up into and where its open windows are, so that a span
 * finds its window without a lookup. Not thread-safe.
 */
public final class SeriesNode {
  private static final Cell[] NONE = {};

  private final Series series;
  private final SeriesNode parent;
  private final int level;
  private Cell[] open = NONE;
  private byte[] key;
  private String part;
  private int home = -1;
  private boolean named;
  private long lastMs = Long.MIN_VALUE;

  SeriesNode(Series series, SeriesNode parent) {
    this.series = series;
    this.parent = parent;
    this.level =
        series.kind() == SubjectKind.FLEET ? 2 : series.kind() == SubjectKind.AGENT ? 1 : 0;
  }

  /**
   * Whether another node is of the same series: one that fell silent is forgotten and gets a new
   * node when it comes back, while runs still hold the old one.
   */
  public boolean same(SeriesNode other) {
    return this == other || (other != null && series.equals(other.series));
  }

  /** The series. */
  public Series series() {
    return series;
  }

  /** Its key in Avro binary. */
  public byte[] key() {
    if (key == null) {
      ByteWriter out = new ByteWriter();
      WindowEncoder.write(out, series);
      key = out.toBytes();
    }
    return key;
  }

  /** What it is called as a part of its parent's windows, always the same object. */
  public String part() {
    if (part == null) {
      part = Dimension.part(series);
    }
    return part;
  }

  /** The partition it is sent to, as was set; negative before. */
  public int home() {
    return home;
  }

  /** Sets the partition it is sent to. */
  public void home(int partition) {
    home = partition;
  }

  /** True when it is asked for the first time. */
  public boolean toBeNamed() {
    boolean first = !named;
    named = true;
    return first;
  }

  SeriesNode parent() {
    return parent;
  }

  /** 0 for subjects, 1 for agents, 2 for the fleet. */
  int level() {
    return level;
  }

  boolean model() {
    return series.kind() == SubjectKind.MODEL;
  }

  Cell open(long startMs) {
    for (Cell cell : open) {
      if (cell.startMs == startMs) {
        return cell;
      }
    }
    return null;
  }

  void add(Cell cell) {
    Cell[] more = new Cell[open.length + 1];
    more[0] = cell;
    System.arraycopy(open, 0, more, 1, open.length);
    open = more;
    lastMs = Math.max(lastMs, cell.startMs);
  }

  void remove(Cell cell) {
    if (open.length == 1 && open[0] == cell) {
      open = NONE;
      return;
    }
    Cell[] fewer = new Cell[open.length - 1];
    int count = 0;
    for (Cell kept : open) {
      if (kept != cell) {
        fewer[count++] = kept;
      }
    }
    open = fewer;
  }

  /** Whether nothing has been counted here since {@code beforeMs}. */
  boolean idle(long beforeMs) {
    return open.length == 0 && lastMs < beforeMs;
  }
}
