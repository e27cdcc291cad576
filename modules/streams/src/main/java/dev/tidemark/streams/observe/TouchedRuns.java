package dev.tidemark.streams.observe;

import dev.tidemark.core.run.RunState;
import java.util.ArrayList;
import java.util.List;

/** The runs that changed since they were spilled, and which of them were summed up since. */
final class TouchedRuns {
  private static final int DONE_AT_ONCE = 2_000;
  private static final int TOUCHED_AT_LEAST = 10_000;

  private List<RunState> touched = new ArrayList<>();
  private List<RunState> done = new ArrayList<>();
  private int touchedLimit = TOUCHED_AT_LEAST;

  /** A run changed. */
  void add(RunState run) {
    if (!run.progress().touched()) {
      run.progress().touch(true);
      touched.add(run);
    }
  }

  /** A run was summed up. */
  void done(RunState run) {
    done.add(run);
  }

  /** Those that were summed up, to be spilled, once they are worth a few blocks; else none. */
  List<RunState> takeDone() {
    if (done.size() < DONE_AT_ONCE) {
      return List.of();
    }
    done.removeIf(run -> run.progress().unpublished());
    List<RunState> write = taken(done);
    done = new ArrayList<>();
    if (touched.size() > touchedLimit) {
      touched.removeIf(run -> !run.progress().touched());
      touchedLimit = Math.max(TOUCHED_AT_LEAST, 2 * touched.size());
    }
    return write;
  }

  /** All of them, to be spilled. */
  List<RunState> takeAll() {
    List<RunState> write = taken(touched);
    touched = new ArrayList<>();
    done = new ArrayList<>();
    return write;
  }

  private static List<RunState> taken(List<RunState> runs) {
    List<RunState> taken = new ArrayList<>(runs.size());
    for (RunState run : runs) {
      if (run.progress().touched()) {
        run.progress().touch(false);
        taken.add(run);
      }
    }
    return taken;
  }
}
