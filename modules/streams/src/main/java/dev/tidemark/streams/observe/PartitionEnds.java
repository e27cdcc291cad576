package dev.tidemark.streams.observe;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the broker what stands next in partitions, in a thread of its own: the thread that processes
 * records never waits for an answer. Only committed records count.
 */
final class PartitionEnds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionEnds.class);
  private static final Duration PROBE = Duration.ofMillis(200);
  private static final Duration ASK = Duration.ofSeconds(5);
  private static final int LITTLE_BYTES = 4_096;
  private static final Answer OUTSTANDING = new Answer(-1, Replay.UNANSWERED);

  private final ExecutorService thread;
  private final Map<String, Object> settings;

  private final Map<TopicPartition, Answer> answers = new ConcurrentHashMap<>();

  private KafkaConsumer<byte[], byte[]> consumer;

  PartitionEnds(String applicationId, Map<String, Object> settings) {
    this.settings = new HashMap<>(settings);
    this.settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, LITTLE_BYTES);
    this.settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread made = new Thread(task, applicationId + "-ends");
              made.setDaemon(true);
              return made;
            });
  }

  boolean ask(TopicPartition partition, long position) {
    Answer before = answers.get(partition);
    if (before != null && (before.equals(OUTSTANDING) || before.stillHolds(position))) {
      return false;
    }
    answers.put(partition, OUTSTANDING);
    thread.execute(() -> answer(partition, position));
    return true;
  }

  long ahead(TopicPartition partition, long position) {
    Answer answer = answers.get(partition);
    return answer != null && answer.position() == position ? answer.ahead() : Replay.UNANSWERED;
  }

  private void answer(TopicPartition partition, long position) {
    try {
      answers.put(partition, new Answer(position, find(partition, position)));
    } catch (KafkaException e) {
      LOG.debug("end of {} not known", partition, e);
      answers.remove(partition);
    }
  }

  private long find(TopicPartition partition, long position) {
    if (consumer == null) {
      consumer =
          new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
    consumer.assign(List.of(partition));
    long end = consumer.endOffsets(List.of(partition), ASK).get(partition);
    if (position >= end) {
      return Replay.END;
    }
    consumer.seek(partition, position);
    for (ConsumerRecord<byte[], byte[]> next : consumer.poll(PROBE)) {
      return next.timestamp();
    }
    return consumer.position(partition, ASK) >= end ? Replay.END : Replay.UNANSWERED;
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

  private record Answer(long position, long ahead) {
    /** What stands at a position never changes; what does not stand there yet may come. */
    boolean stillHolds(long asked) {
      return asked == position && ahead != Replay.END && ahead != Replay.UNANSWERED;
    }
  }
}
