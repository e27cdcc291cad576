package dev.tidemark.bench.detection;

/**
 * One window of one signal: trials, events and the increments of the per-run sums. Mutable, reused
 * from window to window.
 */
final class Counts {
  /** Length of a window, milliseconds. */
  static final long WINDOW_MS = 15_000;

  static final long DAY_MS = 86_400_000;

  /** Windows of a day. */
  static final long PER_DAY = DAY_MS / WINDOW_MS;

  long startMs;
  long n;
  long x;
  long runs;
  long nn;
  long nx;
  long xx;

  /** Empties it for another window. */
  Counts at(long startMs) {
    this.startMs = startMs;
    n = 0;
    x = 0;
    runs = 0;
    nn = 0;
    nx = 0;
    xx = 0;
    return this;
  }

  /** Calls that each were a run of their own. */
  void independent(long trials, long events) {
    n += trials;
    x += events;
    runs += trials;
    nn += trials;
    nx += events;
    xx += events;
  }

  /** One more call of a run that had so many trials and events before. */
  void call(long trialsBefore, long eventsBefore, boolean event) {
    runs += trialsBefore == 0 ? 1 : 0;
    n++;
    nn += 2 * trialsBefore + 1;
    nx += eventsBefore;
    if (event) {
      x++;
      nx += trialsBefore + 1;
      xx += 2 * eventsBefore + 1;
    }
  }

  long endMs() {
    return startMs + WINDOW_MS;
  }
}
