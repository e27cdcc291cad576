package dev.tidemark.bench.detection;

/**
 * What the usual rules compare with: the counts of the first three days, in which they stay silent.
 */
final class Baseline {
  static final long LENGTH_MS = 3 * Counts.DAY_MS;
  private long n;
  private long x;

  /** Whether the window still belongs to the baseline, which then has it. */
  boolean takes(Counts window) {
    if (window.startMs >= LENGTH_MS) {
      return false;
    }
    n += window.n;
    x += window.x;
    return true;
  }

  long n() {
    return n;
  }

  long x() {
    return x;
  }

  /** Rate with half an event added, so that it is never zero. */
  double rate() {
    return (x + 0.5) / (n + 1);
  }
}
