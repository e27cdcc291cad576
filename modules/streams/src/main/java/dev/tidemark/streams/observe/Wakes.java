package dev.tidemark.streams.observe;

import dev.tidemark.core.run.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Which runs are to be looked at when. A run stands here at most once and not at all when it is let
 * go, so nothing here keeps a run in the heap that is done. Times are milliseconds since the epoch,
 * bounds of the window grid.
 */
final class Wakes {
  private final TreeMap<Long, List<RunState>> byTime = new TreeMap<>();

  /** Puts a run at a time, wherever it stood before. */
  void put(RunState run, long atMs) {
    remove(run);
    List<RunState> runs = byTime.computeIfAbsent(atMs, at -> new ArrayList<>());
    run.progress().wakeAt(atMs);
    run.progress().queuedAt(runs.size());
    runs.add(run);
  }

  /** Takes a run away; it has no time then. */
  void remove(RunState run) {
    int place = run.progress().queuePlace();
    if (place >= 0) {
      long atMs = run.progress().wakeMs();
      List<RunState> runs = byTime.get(atMs);
      RunState last = runs.remove(runs.size() - 1);
      if (place < runs.size()) {
        runs.set(place, last);
        last.progress().queuedAt(place);
      }
      if (runs.isEmpty()) {
        byTime.remove(atMs);
      }
    }
    leave(run);
  }

  /** The earliest time; {@link Long#MAX_VALUE} when nobody has one. */
  long first() {
    return byTime.isEmpty() ? Long.MAX_VALUE : byTime.firstKey();
  }

  /** Takes all runs of a time away. */
  List<RunState> take(long atMs) {
    List<RunState> runs = byTime.remove(atMs);
    if (runs == null) {
      return List.of();
    }
    runs.forEach(Wakes::leave);
    return runs;
  }

  private static void leave(RunState run) {
    run.progress().queuedAt(-1);
    run.progress().wakeAt(Long.MAX_VALUE);
  }
}
