package dev.tidemark.capture;

import java.time.Duration;

/** Whether closing has begun and how much of its time is left. Thread-safe. */
final class Closing {
  private volatile boolean begun;
  private volatile long endNanos;

  /** Begins closing; false when it had begun before. */
  synchronized boolean begin(Duration limit) {
    if (begun) {
      return false;
    }
    endNanos = System.nanoTime() + limit.toNanos();
    begun = true;
    return true;
  }

  boolean hasBegun() {
    return begun;
  }

  /** Whether closing has begun and its time has passed. */
  boolean isOver() {
    return begun && System.nanoTime() - endNanos >= 0;
  }

  /** Time left, never negative; one second when closing has not begun. */
  Duration remaining() {
    return begun
        ? Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()))
        : Duration.ofSeconds(1);
  }
}
