package dev.tidemark.bench.detection;

/** The values of one window of a positive quantity, such as microseconds. Mutable, reused. */
final class Values {
  long startMs;
  final long[] values = new long[Cell.PER_WINDOW];

  long endMs() {
    return startMs + Counts.WINDOW_MS;
  }
}
