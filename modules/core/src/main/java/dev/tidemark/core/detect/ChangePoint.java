package dev.tidemark.core.detect;

/**
 * Where a behaviour changed, as the companion CUSUM sees it.
 *
 * @param timeMs start of the first window that spoke for the change
 * @param lowMs end of the last window with trials that still spoke against it
 * @param highMs end of the window by which it was certain (three nats) that it had happened
 * @param n trials since
 * @param x events since
 * @param alternative index of the leading alternative
 */
record ChangePoint(long timeMs, long lowMs, long highMs, long n, long x, int alternative) {
  ChangePoint withCounts(long trials, long events) {
    return new ChangePoint(timeMs, lowMs, highMs, trials, events, alternative);
  }
}
