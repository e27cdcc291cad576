package dev.tidemark.core.detect;

/**
 * Trials and events of the last hours: every hour a quarter is forgotten, as long as enough events
 * remain for a rate. So it goes along with a season that nobody knows yet, and keeps all of what is
 * rare, in which no season could show. Not thread-safe.
 */
final class RecentCounts {
  private static final long HOUR_MS = 3_600_000;
  private static final double KEPT = 0.75;

  /** Events, or non-events, that are never forgotten: a season of half of the rate takes more. */
  private static final double LEAST = 150;

  private static final int MOST_STEPS = 48;

  private long hour = -1;
  private long n;
  private long x;

  long n() {
    return n;
  }

  long x() {
    return x;
  }

  void learn(long timeMs, long trials, long events) {
    long now = Math.floorDiv(timeMs, HOUR_MS);
    long steps = hour < 0 ? 0 : Math.min(MOST_STEPS, now - hour);
    for (long i = 0; i < steps && KEPT * Math.min(x, n - x) >= LEAST; i++) {
      n = (long) StrictMath.rint(KEPT * n);
      x = Math.min(n, (long) StrictMath.rint(KEPT * x));
    }
    hour = Math.max(hour, now);
    n += trials;
    x += events;
  }

  void rollBack(long trials, long events) {
    n = Math.max(0, n - trials);
    x = Math.min(n, Math.max(0, x - events));
  }

  void write(StateWriter out) {
    out.whole(hour).whole(n).whole(x);
  }

  static RecentCounts read(StateReader in) {
    RecentCounts recent = new RecentCounts();
    recent.hour = in.whole();
    recent.n = in.whole();
    recent.x = in.whole();
    return recent;
  }
}
