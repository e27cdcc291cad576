package dev.tidemark.core.detect;

/**
 * One window of one signal as a detector sees it.
 *
 * @param previousEndMs end of the last window with trials before it; the start when there was none
 * @param startMs start of the window
 * @param endMs end of the window
 * @param n trials; of a quantity, values
 * @param x events; of a quantity, values above the middle of what was known
 * @param values the values of a quantity; null for a rate
 */
record Slice(long previousEndMs, long startMs, long endMs, long n, long x, Histogram values) {
  Slice(long previousEndMs, long startMs, long endMs, long n, long x) {
    this(previousEndMs, startMs, endMs, n, x, null);
  }
}
