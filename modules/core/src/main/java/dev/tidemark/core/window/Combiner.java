package dev.tidemark.core.window;

import dev.tidemark.core.human.HumanFact;
import dev.tidemark.core.run.Windows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Windows of one source partition while they fill. A window is handed on once, when the partition's
 * watermark has passed its end; contributions of records that arrived when it was over are
 * corrections and go apart, so that the window as closed does not depend on how far another
 * partition had been read. Agents and fleets take over what their subjects counted only then: a
 * span touches the window of its subject and the per-run sums of its parents. Not thread-safe.
 */
public final class Combiner implements Windows {
  private static final int LEVELS = 3;

  /** So many versions of prompts and policies are told of one window. */
  private static final int VERSIONS = 1_000;

  /** Receives what is handed on. */
  public interface Out {
    /** Totals of the window of {@code series} that starts at {@code startMs}. */
    void part(SeriesNode series, long startMs, WindowTotals totals, boolean correction);

    /** A version of a prompt or policy was in use in the window that starts at {@code startMs}. */
    default void version(Series version, long startMs) {}
  }

  /** The cells of one window by level; a level hands over to the next. */
  private static final class Window {
    private final List<List<Cell>> levels =
        List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    private final Map<Series, int[]> versions = new HashMap<>(0);
  }

  private record Key(Series series, long startMs) {}

  private final long windowMs;
  private final long latenessMs;
  private final TreeMap<Long, Window> open = new TreeMap<>();
  private final Map<Key, Cell> corrections = new HashMap<>();
  private final List<List<Cell>> corrected =
      List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  private long sentUpTo = Long.MIN_VALUE;
  private boolean sentBefore;
  private HumanFact.Out humans = (fact, sign, causeMs) -> {};
  private long cause;
  private long metClosed;

  /**
   * @param windowMs length of a window
   * @param latenessMs a window is over when arrivals have reached its end plus this
   */
  public Combiner(long windowMs, long latenessMs) {
    this.windowMs = windowMs;
    this.latenessMs = latenessMs;
  }

  /** Where requests and decisions are told that were not sent before. */
  public void tellHumans(HumanFact.Out out) {
    humans = out;
  }

  /** Windows that end at or before {@code watermark} were handed on already. */
  public void resumeAt(long watermark) {
    sentUpTo = Math.max(sentUpTo, watermark);
  }

  /** While true, what was handed on already is counted nowhere. */
  public void replayingSent(boolean value) {
    sentBefore = value;
  }

  /** Starts the contributions of the next cause. */
  public void nextCause() {
    cause++;
  }

  @Override
  public boolean correction(long eventMs, long causeMs) {
    return causeMs >= endOf(eventMs) + latenessMs;
  }

  @Override
  public void human(HumanFact fact, int sign, long causeMs) {
    if (!sentBefore) {
      humans.human(fact, sign, causeMs);
    }
  }

  @Override
  public long windowOf(long eventMs) {
    return endOf(eventMs) - windowMs;
  }

  @Override
  public WindowTotals at(SeriesNode node, long eventMs, long causeMs) {
    long start = Math.floorDiv(eventMs, windowMs) * windowMs;
    long end = start + windowMs;
    if (causeMs >= end + latenessMs) {
      return sentBefore ? new WindowTotals() : correctionAt(node, start);
    }
    if (end <= sentUpTo) {
      if (sentBefore) {
        return new WindowTotals();
      }
      metClosed++;
    }
    Cell cell = node.open(start);
    return cell == null ? open(node, start).totals : cell.totals;
  }

  @Override
  public void version(Series version, int sign, long eventMs, long causeMs) {
    if (correction(eventMs, causeMs) || endOf(eventMs) <= sentUpTo) {
      return;
    }
    Map<Series, int[]> versions =
        open.computeIfAbsent(windowOf(eventMs), start -> new Window()).versions;
    int[] count = versions.get(version);
    if (count == null && versions.size() < VERSIONS) {
      count = new int[1];
      versions.put(version, count);
    }
    if (count != null) {
      count[0] += sign;
    }
  }

  private Cell open(SeriesNode node, long start) {
    Cell cell = new Cell(node, start);
    node.add(cell);
    Window window = open.get(start);
    if (window == null) {
      window = new Window();
      open.put(start, window);
    }
    window.levels.get(node.level()).add(cell);
    return cell;
  }

  private WindowTotals correctionAt(SeriesNode node, long start) {
    Cell cell = null;
    for (SeriesNode at = node; at != null; at = at.parent()) {
      Cell its = corrections.get(new Key(at.series(), start));
      if (its == null) {
        its = new Cell(at, start);
        corrections.put(new Key(at.series(), start), its);
        corrected.get(at.level()).add(its);
      }
      if (its.lastCause != cause) {
        its.lastCause = cause;
        its.totals.addCompleteness(0, 0, 1);
      }
      cell = cell == null ? its : cell;
    }
    return cell.totals;
  }

  /** Hands on what is complete at {@code watermark}, and every correction. */
  public void take(long watermark, Out out) {
    while (!open.isEmpty() && open.firstKey() + windowMs <= watermark) {
      long startMs = open.firstKey();
      Window window = open.pollFirstEntry().getValue();
      window.versions.forEach(
          (version, count) -> {
            if (count[0] > 0) {
              out.version(version, startMs);
            }
          });
      for (int level = 0; level < LEVELS; level++) {
        for (Cell cell : window.levels.get(level)) {
          SeriesNode parent = cell.node.parent();
          if (parent != null) {
            Cell above = parent.open(cell.startMs);
            if (above == null) {
              above = new Cell(parent, cell.startMs);
              parent.add(above);
              window.levels.get(parent.level()).add(above);
            }
            takeOver(above, cell);
          }
          if (!cell.totals.isEmpty()) {
            out.part(cell.node, cell.startMs, cell.totals, false);
          }
        }
      }
      for (List<Cell> level : window.levels) {
        level.forEach(cell -> cell.node.remove(cell));
      }
    }
    for (int level = 0; level < LEVELS; level++) {
      for (Cell cell : corrected.get(level)) {
        SeriesNode parent = cell.node.parent();
        if (parent != null) {
          takeOver(corrections.get(new Key(parent.series(), cell.startMs)), cell);
        }
        out.part(cell.node, cell.startMs, cell.totals, true);
      }
    }
    corrections.clear();
    corrected.forEach(List::clear);
    sentUpTo = Math.max(sentUpTo, watermark);
  }

  private static void takeOver(Cell parent, Cell child) {
    if (child.node.model()) {
      parent.totals.takeOverModel(child.node.part(), child.totals);
    } else {
      parent.totals.takeOver(child.node.part(), child.totals);
    }
  }

  /** What {@link #take} would hand on for the open windows of some series, without taking it. */
  public void peek(Predicate<Series> wanted, Out out) {
    open.forEach((start, window) -> peek(wanted, start, window, out));
  }

  private static void peek(Predicate<Series> wanted, long start, Window window, Out out) {
    Map<SeriesNode, Cell> above = new HashMap<>();
    for (int level = 0; level < LEVELS; level++) {
      List<Cell> cells = new ArrayList<>(window.levels.get(level));
      for (Cell cell : above.values()) {
        if (cell.node.level() == level && cell.node.open(start) == null) {
          cells.add(new Cell(cell.node, start));
        }
      }
      for (Cell cell : cells) {
        Cell whole = cell;
        Cell rolled = above.get(cell.node);
        if (rolled != null) {
          whole = new Cell(cell.node, start);
          whole.totals.add(cell.totals);
          whole.totals.add(rolled.totals);
        }
        if (!whole.totals.isEmpty() && wanted.test(cell.node.series())) {
          out.part(cell.node, start, whole.totals, false);
        }
        if (cell.node.parent() != null) {
          takeOver(above.computeIfAbsent(cell.node.parent(), n -> new Cell(n, start)), whole);
        }
      }
    }
  }

  /** Contributions since this was last asked that were on time and met a window handed on. */
  public long takeMetClosed() {
    long count = metClosed;
    metClosed = 0;
    return count;
  }

  /** End of the newest window handed on, milliseconds since the epoch. */
  public long sentUpTo() {
    return sentUpTo;
  }

  private long endOf(long eventMs) {
    return Math.floorDiv(eventMs, windowMs) * windowMs + windowMs;
  }
}
