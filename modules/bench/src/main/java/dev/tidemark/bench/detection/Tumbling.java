package dev.tidemark.bench.detection;

/** Sums windows to longer ones; a longer one is over when the first window after it comes. */
final class Tumbling {
  private final long lengthMs;
  private long start = Long.MIN_VALUE;
  private long n;
  private long x;
  private long overN;
  private long overX;
  private long overMs;

  Tumbling(long lengthMs) {
    this.lengthMs = lengthMs;
  }

  /** Takes a window; true when that shows that a longer one is over. */
  boolean add(Counts window) {
    long its = Math.floorDiv(window.startMs, lengthMs) * lengthMs;
    boolean over = start != Long.MIN_VALUE && its != start;
    if (over) {
      overN = n;
      overX = x;
      overMs = start;
    }
    if (its != start) {
      start = its;
      n = 0;
      x = 0;
    }
    n += window.n;
    x += window.x;
    return over;
  }

  /** Trials of the one that is over. */
  long n() {
    return overN;
  }

  /** Its events. */
  long x() {
    return overX;
  }

  /** Its start. */
  long startMs() {
    return overMs;
  }
}
