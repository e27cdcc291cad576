package dev.tidemark.streams.evidence;

import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * Runs by trace id, forgotten a horizon after they were touched last. Each stands once, at the time
 * it was touched. Not thread-safe.
 */
final class KnownRuns {
  private final WindowStore<String, byte[]> store;

  KnownRuns(WindowStore<String, byte[]> store) {
    this.store = store;
  }

  /** What is known; {@link Known#NOTHING} when nothing is. */
  Known get(String traceId) {
    byte[] last = null;
    try (WindowStoreIterator<byte[]> found = store.fetch(traceId, 0, Long.MAX_VALUE)) {
      while (found.hasNext()) {
        last = found.next().value;
      }
    }
    return Known.of(last);
  }

  /** Forgets what is known. */
  void forget(String traceId) {
    try (WindowStoreIterator<byte[]> found = store.fetch(traceId, 0, Long.MAX_VALUE)) {
      while (found.hasNext()) {
        store.put(traceId, null, found.next().key);
      }
    }
  }

  /**
   * Replaces what is known.
   *
   * @param nowMs stream time
   */
  void put(String traceId, Known known, long nowMs) {
    try (WindowStoreIterator<byte[]> found = store.fetch(traceId, 0, Long.MAX_VALUE)) {
      while (found.hasNext()) {
        KeyValue<Long, byte[]> old = found.next();
        if (old.key != nowMs) {
          store.put(traceId, null, old.key);
        }
      }
    }
    store.put(traceId, known.toBytes(), nowMs);
  }
}
