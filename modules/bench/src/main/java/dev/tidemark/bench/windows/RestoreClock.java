package dev.tidemark.bench.windows;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** From the first partition of a store that begins to restore to the last that has done so. */
final class RestoreClock implements StateRestoreListener {
  private final String watched;
  private long began = Long.MAX_VALUE;
  private long ended = Long.MIN_VALUE;

  RestoreClock(String watched) {
    this.watched = watched;
  }

  @Override
  public synchronized void onRestoreStart(
      TopicPartition partition, String store, long from, long to) {
    if (store.equals(watched)) {
      began = Math.min(began, System.nanoTime());
    }
  }

  @Override
  public void onBatchRestored(TopicPartition partition, String store, long end, long records) {
    // Only begin and end count.
  }

  @Override
  public synchronized void onRestoreEnd(TopicPartition partition, String store, long records) {
    if (store.equals(watched)) {
      ended = Math.max(ended, System.nanoTime());
    }
  }

  /** Seconds it took, 0 when nothing was restored. */
  synchronized double seconds() {
    return ended < began ? 0 : (ended - began) / 1e9;
  }
}
