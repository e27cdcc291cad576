package dev.tidemark.query.http;

import java.time.Duration;

/** Time limit of one answer; scans look at it while they go. */
public final class Deadline {
  private final Duration limit;
  private final long endNanos;

  private Deadline(Duration limit) {
    this.limit = limit;
    this.endNanos = System.nanoTime() + limit.toNanos();
  }

  /** A limit that starts to run now. */
  public static Deadline in(Duration limit) {
    return new Deadline(limit);
  }

  /**
   * Stops the caller when time is up.
   *
   * @throws ApiException 503 when it is
   */
  public void check() {
    if (System.nanoTime() - endNanos > 0) {
      throw ApiException.tooSlow(limit.toSeconds());
    }
  }
}
