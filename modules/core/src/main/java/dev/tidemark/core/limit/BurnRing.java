package dev.tidemark.core.limit;

import dev.tidemark.core.bytes.ByteReader;
import dev.tidemark.core.bytes.ByteWriter;
import java.time.Duration;

/**
 * Trials and events of a sliding stretch of time in at most twenty-one buckets: it looks back
 * between its length and one twentieth more, or one window of 15 s where that is longer.
 */
final class BurnRing {
  private static final int SLOTS = 21;
  private static final long FINEST_MS = 15_000;
  private final long bucketMs;
  private final int slots;
  private final long[] n;
  private final long[] x;
  private long head;

  BurnRing(Duration length) {
    long parts = length.toMillis() / (SLOTS - 1);
    bucketMs = Math.max(1, (parts + FINEST_MS - 1) / FINEST_MS) * FINEST_MS;
    slots = (int) Math.min(SLOTS, (length.toMillis() + bucketMs - 1) / bucketMs + 1);
    n = new long[slots];
    x = new long[slots];
  }

  /** Adds what ended in a window that begins at a time; older than the ring is left out. */
  void add(long startMs, long trials, long events) {
    moveTo(startMs);
    long bucket = Math.floorDiv(startMs, bucketMs);
    if (bucket > head - slots) {
      int at = Math.floorMod(bucket, slots);
      n[at] += trials;
      x[at] += events;
    }
  }

  /** Forgets what is too old at a time. */
  void moveTo(long timeMs) {
    long now = Math.floorDiv(timeMs, bucketMs);
    for (long next = Math.max(head + 1, now - slots + 1); next <= now; next++) {
      n[Math.floorMod(next, slots)] = 0;
      x[Math.floorMod(next, slots)] = 0;
    }
    head = Math.max(head, now);
  }

  long trials() {
    return sum(n);
  }

  long events() {
    return sum(x);
  }

  private static long sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  void write(ByteWriter out) {
    out.number(head);
    for (int i = 0; i < slots; i++) {
      out.number(n[i]).number(x[i]);
    }
  }

  void read(ByteReader in) {
    head = in.number();
    for (int i = 0; i < slots; i++) {
      n[i] = in.number();
      x[i] = in.number();
    }
  }
}
