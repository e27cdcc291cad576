package dev.tidemark.streams.observe;

import dev.tidemark.core.run.RunState;
import dev.tidemark.core.run.SpanFact;

/** When a run is to be looked at, closed and forgotten. Milliseconds since the epoch. */
final class RunTimes {
  private final long windowMs;
  private final long latenessMs;
  private final long inactivityMs;
  private final long horizonMs;
  private final long humanHorizonMs;

  RunTimes(ObserveConfig config) {
    this.windowMs = config.window().toMillis();
    this.latenessMs = config.lateness().toMillis();
    this.inactivityMs = config.inactivity().toMillis();
    this.horizonMs = config.horizon().toMillis();
    this.humanHorizonMs = config.humanHorizon().toMillis();
  }

  long windowMs() {
    return windowMs;
  }

  long latenessMs() {
    return latenessMs;
  }

  /** The bound of the window grid at or after a time. */
  long ceiling(long ms) {
    return -Math.floorDiv(-ms, windowMs) * windowMs;
  }

  /** When a run without a root is closed. */
  long due(RunState run) {
    return run.lastMs() + inactivityMs;
  }

  /**
   * When a run is to be looked at because of a record: as if it were the last to arrive, so that
   * the order of reading does not matter.
   */
  long wakeOf(RunState run, long arrivalMs, long endMs) {
    long seen = arrivalMs - latenessMs + 1;
    if (over(run)) {
      return gone(run);
    }
    SpanFact root = run.root();
    if (root != null) {
      return Math.max(seen, Math.floorDiv(root.endMs(), windowMs) * windowMs + windowMs);
    }
    return run.progress().closed() ? seen : Math.max(seen, endMs + inactivityMs);
  }

  /** Whether nothing is left to do but to forget the run one day. */
  boolean over(RunState run) {
    return run.progress().finished() && !run.progress().unpublished();
  }

  /** When it is forgotten: a record of it may itself be as old as the horizon when it arrives. */
  long gone(RunState run) {
    return run.lastMs() + 2 * horizon(run);
  }

  /** Whether a record of the trace belongs to another run, as far as time says. */
  boolean beyond(RunState run, long eventMs) {
    return eventMs > run.lastMs() + horizon(run);
  }

  private long horizon(RunState run) {
    return run.awaitsHuman() ? humanHorizonMs : horizonMs;
  }
}
