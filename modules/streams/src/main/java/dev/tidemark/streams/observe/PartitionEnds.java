package dev.tidemark.streams.observe;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the broker for the ends of partitions in a thread of its own: the thread that processes
 * records never waits for an answer. Only committed records count.
 */
final class PartitionEnds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionEnds.class);
  private static final Duration PROBE = Duration.ofMillis(200);
  private static final Duration ASK = Duration.ofSeconds(5);
  private static final long OUTSTANDING = -1;

  private final ExecutorService thread;
  private final Map<String, Object> settings;

  /** Positions that were found to be the end; {@link #OUTSTANDING} while a question is open. */
  private final Map<TopicPartition, Long> answers = new ConcurrentHashMap<>();

  private KafkaConsumer<byte[], byte[]> consumer;

  PartitionEnds(String applicationId, Map<String, Object> settings) {
    this.settings = settings;
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread made = new Thread(task, applicationId + "-ends");
              made.setDaemon(true);
              return made;
            });
  }

  boolean ask(TopicPartition partition, long position) {
    if (Long.valueOf(OUTSTANDING).equals(answers.put(partition, OUTSTANDING))) {
      return false;
    }
    thread.execute(() -> answer(partition, position));
    return true;
  }

  boolean atEnd(TopicPartition partition, long position) {
    return Long.valueOf(position).equals(answers.get(partition));
  }

  private void answer(TopicPartition partition, long position) {
    try {
      if (reached(partition, position)) {
        answers.put(partition, position);
        return;
      }
    } catch (KafkaException e) {
      LOG.debug("end of {} not known", partition, e);
    }
    answers.remove(partition);
  }

  private boolean reached(TopicPartition partition, long position) {
    if (consumer == null) {
      consumer =
          new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
    consumer.assign(List.of(partition));
    long end = consumer.endOffsets(List.of(partition), ASK).get(partition);
    if (position >= end) {
      return true;
    }
    consumer.seek(partition, position);
    return consumer.poll(PROBE).isEmpty() && consumer.position(partition, ASK) >= end;
  }

  @Override
  public void close() {
    thread.execute(
        () -> {
          if (consumer != null) {
            consumer.close();
          }
        });
    thread.shutdown();
  }
}
