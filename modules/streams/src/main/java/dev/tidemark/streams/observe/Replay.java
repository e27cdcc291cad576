package dev.tidemark.streams.observe;

import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a stretch of a partition again, beside the task's own consumer, so that heap state is a
 * function of the log. Only committed records are seen.
 */
interface Replay extends AutoCloseable {
  /** The application's committed offset of a partition, stable; -1 when there is none. */
  long committed(TopicPartition partition);

  /** Every record with {@code from <= offset < to}, in order. */
  void read(
      TopicPartition partition, long from, long to, Consumer<ConsumerRecord<byte[], byte[]>> each);

  /** The answer that nothing stands at or behind the position; transaction markers are nothing. */
  long END = Long.MAX_VALUE;

  /** There is no answer yet for the position. */
  long UNANSWERED = Long.MIN_VALUE;

  /**
   * Asks, without waiting, what stands next in a partition.
   *
   * @return false when the question before has no answer yet, or its answer still holds, and this
   *     one is not asked
   */
  boolean ask(TopicPartition partition, long position);

  /**
   * Timestamp of the first record at or behind a position as last answered, milliseconds since the
   * epoch; {@link #END} or {@link #UNANSWERED}.
   */
  long ahead(TopicPartition partition, long position);

  @Override
  void close();

  /** Opens a replay for one task. */
  interface Source {
    Replay open(String applicationId, java.util.Map<String, Object> clientConfig);
  }
}
