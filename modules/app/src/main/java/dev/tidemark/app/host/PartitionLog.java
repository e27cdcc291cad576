package dev.tidemark.app.host;

import dev.tidemark.wire.Topic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The committed records of one partition, from a time on up to what was its end when it was opened,
 * one after the other. Not thread-safe.
 */
final class PartitionLog implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final TopicPartition at;
  private final Queue<ConsumerRecord<byte[], byte[]>> read = new ArrayDeque<>();
  private final long end;

  private PartitionLog(Cluster cluster, TopicPartition at, long fromMs) {
    this.at = at;
    this.consumer = consumer(cluster);
    consumer.assign(List.of(at));
    this.end = consumer.endOffsets(List.of(at)).get(at);
    OffsetAndTimestamp first = consumer.offsetsForTimes(Map.of(at, fromMs)).get(at);
    consumer.seek(at, first == null ? end : first.offset());
  }

  static PartitionLog open(Cluster cluster, Topic<?, ?> topic, int partition, long fromMs) {
    return new PartitionLog(cluster, new TopicPartition(topic.name(), partition), fromMs);
  }

  /** Time of the newest record of a topic; 0 when it is empty. */
  static long newestMs(Cluster cluster, Topic<?, ?> topic) {
    try (var consumer = consumer(cluster)) {
      long newest = 0;
      for (var info : consumer.partitionsFor(topic.name())) {
        var partition = new TopicPartition(topic.name(), info.partition());
        consumer.assign(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        long begin = consumer.beginningOffsets(List.of(partition)).get(partition);
        consumer.seek(partition, Math.max(begin, end - 50));
        while (consumer.position(partition) < end) {
          for (var found : consumer.poll(POLL)) {
            newest = Math.max(newest, found.timestamp());
          }
        }
      }
      return newest;
    }
  }

  static int partitions(Cluster cluster, Topic<?, ?> topic) {
    try (var consumer = consumer(cluster)) {
      return consumer.partitionsFor(topic.name()).size();
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(Cluster cluster) {
    var config = new LinkedHashMap<String, Object>(cluster.clientConfig());
    config.keySet().removeIf(key -> !ConsumerConfig.configNames().contains(key));
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 8_000);
    // What waits at the end of a topic would hold up its closing, too.
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** The next record, left where it is; null at the end. */
  ConsumerRecord<byte[], byte[]> peek() {
    while (read.isEmpty() && consumer.position(at) < end) {
      consumer.poll(POLL).records(at).stream().filter(r -> r.offset() < end).forEach(read::add);
    }
    return read.peek();
  }

  ConsumerRecord<byte[], byte[]> take() {
    return read.remove();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
