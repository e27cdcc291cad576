package dev.tidemark.bench.windows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When probes were sent and when they were first seen. The probes of one partition stay in order,
 * so the k-th of a window is visible when the window's count has reached k. Thread-safe.
 */
final class Probes {
  static final String VERSION = "1";

  private record Key(int partition, long windowStartMs) {}

  private final long windowMs;
  private final Map<Key, List<Long>> sentNanos = new HashMap<>();
  private final Map<Key, Integer> seen = new HashMap<>();
  private final List<Double> latenciesMs = new ArrayList<>();
  private long countFromNanos = Long.MAX_VALUE;
  private long dips;

  Probes(long windowMs) {
    this.windowMs = windowMs;
  }

  static String tool(int partition) {
    return "probe-" + partition;
  }

  /** Probes sent from now on count. */
  synchronized void warm(long nanos) {
    countFromNanos = nanos;
  }

  synchronized void sent(int partition, long endMs, long nanos) {
    Key key = new Key(partition, Math.floorDiv(endMs, windowMs) * windowMs);
    sentNanos.computeIfAbsent(key, k -> new ArrayList<>()).add(nanos);
  }

  /** The window of a partition's probes was seen to count {@code count}. */
  synchronized void visible(int partition, long windowStartMs, long count, long nanos) {
    Key key = new Key(partition, windowStartMs);
    List<Long> sent = sentNanos.getOrDefault(key, List.of());
    int before = seen.getOrDefault(key, 0);
    dips += count < before ? 1 : 0;
    int now = (int) Math.min(sent.size(), count);
    for (int i = before; i < now; i++) {
      if (sent.get(i) >= countFromNanos) {
        latenciesMs.add((nanos - sent.get(i)) / 1e6);
      }
    }
    seen.merge(key, now, Math::max);
  }

  synchronized double[] latenciesMs() {
    return latenciesMs.stream().mapToDouble(ms -> ms).toArray();
  }

  /** How often a count was seen smaller than before. */
  synchronized long dips() {
    return dips;
  }
}
