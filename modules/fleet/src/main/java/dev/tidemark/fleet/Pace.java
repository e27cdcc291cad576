package dev.tidemark.fleet;

import java.util.concurrent.locks.LockSupport;

/** Real time for simulated time. */
final class Pace {
  private final long simulatedStartMs;
  private final double speed;
  private final long realStart = System.nanoTime();

  Pace(long simulatedStartMs, double speed) {
    this.simulatedStartMs = simulatedStartMs;
    this.speed = speed;
  }

  /** Waits until it is {@code simulatedMs}; false when the thread was interrupted. */
  boolean await(long simulatedMs) {
    double dueNanos = (simulatedMs - simulatedStartMs) * 1e6 / speed;
    for (double left = dueNanos - elapsed(); left > 0; left = dueNanos - elapsed()) {
      LockSupport.parkNanos((long) left);
      if (Thread.currentThread().isInterrupted()) {
        return false;
      }
    }
    return !Thread.currentThread().isInterrupted();
  }

  double realSeconds() {
    return Math.max(elapsed(), 1) / 1e9;
  }

  private long elapsed() {
    return System.nanoTime() - realStart;
  }
}
