package dev.tidemark.app.host;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * Allows a bounded number of restarts in ten minutes, so that a passing trouble heals and a lasting
 * one stops the process. Thread-safe.
 */
final class RestartLimit {
  private static final long SPAN_MS = 600_000;
  private final int limit;
  private final LongSupplier clock;
  private final Deque<Long> restarts = new ArrayDeque<>();

  /**
   * @param limit restarts in any ten minutes
   * @param clock milliseconds that never go back
   */
  RestartLimit(int limit, LongSupplier clock) {
    this.limit = limit;
    this.clock = clock;
  }

  /** True when one more restart is allowed; it is counted then. */
  synchronized boolean allow() {
    long now = clock.getAsLong();
    while (!restarts.isEmpty() && restarts.peekFirst() <= now - SPAN_MS) {
      restarts.removeFirst();
    }
    if (restarts.size() >= limit) {
      return false;
    }
    restarts.addLast(now);
    return true;
  }
}
