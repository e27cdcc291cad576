package dev.tidemark.streams.observe;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * Runs that somebody had erased: their summaries leave the store, and as long as records of theirs
 * may still come no summary is told again. What they counted in windows stays, it leads to nobody.
 * Not thread-safe.
 */
final class ErasedRuns {
  /** As long as spans are kept, and with them what could tell the run again. */
  private static final Duration REMEMBERED = Duration.ofDays(7);

  private static final String FROM = "erased/";
  private static final String TO = "erased0";
  private final KeyValueStore<String, byte[]> marks;
  private final WindowStore<String, Object> summaries;
  private boolean any;

  ErasedRuns(KeyValueStore<String, byte[]> marks, WindowStore<String, Object> summaries) {
    this.marks = marks;
    this.summaries = summaries;
    try (KeyValueIterator<String, byte[]> erased = marks.range(FROM, TO)) {
      any = erased.hasNext();
    }
  }

  /** Forgets a run, and remembers that it has to be forgotten. */
  void erase(String traceId, long arrivalMs) {
    any = true;
    marks.put(FROM + traceId, ByteBuffer.allocate(Long.BYTES).putLong(arrivalMs).array());
    try (WindowStoreIterator<Object> found = summaries.fetch(traceId, 0, Long.MAX_VALUE)) {
      while (found.hasNext()) {
        summaries.put(traceId, null, found.next().key);
      }
    }
  }

  boolean contains(String traceId) {
    return any && marks.get(FROM + traceId) != null;
  }

  /** Lets go of what nothing can come of any more. */
  void sweep(long watermarkMs) {
    if (!any) {
      return;
    }
    any = false;
    try (KeyValueIterator<String, byte[]> erased = marks.range(FROM, TO)) {
      while (erased.hasNext()) {
        KeyValue<String, byte[]> one = erased.next();
        if (ByteBuffer.wrap(one.value).getLong() < watermarkMs - REMEMBERED.toMillis()) {
          marks.delete(one.key);
        } else {
          any = true;
        }
      }
    }
  }
}
