package dev.tidemark.bench.windows;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * When the watermark of every source partition has passed the end of a window: the first arrivals
 * at or after end + lateness, the latest of them. Thread-safe.
 */
final class Arrivals {
  private final long windowMs;
  private final long latenessMs;
  private final Map<Long, long[]> passed = new HashMap<>();
  private final long[] last;

  Arrivals(int sources, long windowMs, long latenessMs) {
    this.windowMs = windowMs;
    this.latenessMs = latenessMs;
    this.last = new long[sources];
  }

  /** A record arrived at a source partition. */
  synchronized void at(int source, long arrivalMs) {
    long before = last[source];
    if (arrivalMs <= before) {
      return;
    }
    last[source] = arrivalMs;
    long end = Math.floorDiv(arrivalMs - latenessMs, windowMs) * windowMs;
    if (before == 0 || before - latenessMs < end) {
      passed.computeIfAbsent(end, e -> new long[last.length])[source] = arrivalMs;
    }
  }

  /** When the last source passed {@code endMs}, milliseconds since the epoch; 0 while unknown. */
  synchronized long passedMs(long endMs) {
    long[] each = passed.get(endMs);
    return each == null || Arrays.stream(each).anyMatch(ms -> ms == 0)
        ? 0
        : Arrays.stream(each).max().orElse(0);
  }
}
