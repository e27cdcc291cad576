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

  /**
   * Asks, without waiting, whether a partition has been read to its end.
   *
   * @return false when the question before has no answer yet, and this one is not asked
   */
  boolean ask(TopicPartition partition, long position);

  /**
   * Whether the last question about a partition was about this position and the answer is that
   * nothing stands at or behind it; transaction markers are nothing.
   */
  boolean atEnd(TopicPartition partition, long position);

  @Override
  void close();

  /** Opens a replay for one task. */
  interface Source {
    Replay open(String applicationId, java.util.Map<String, Object> clientConfig);
  }
}
