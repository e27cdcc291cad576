package dev.tidemark.bench.windows;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The thinking of observe's first stage without an engine: decode, deduplicate, link, combine. Not
 * thread-safe.
 */
interface Thinking {
  /** Takes a span of one partition. */
  void span(ConsumerRecord<byte[], byte[]> record);

  /**
   * Lets go of windows and runs that are behind the watermark.
   *
   * @param watermarkMs milliseconds since the epoch
   * @return how many windows were let go
   */
  long advance(long watermarkMs);
}
