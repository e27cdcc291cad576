package dev.tidemark.app.host;

import dev.tidemark.app.Failure;
import dev.tidemark.wire.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads a topic from its beginning without a consumer group, committed records only. Records that
 * cannot be decoded are counted and skipped. Not thread-safe; one reader per thread.
 */
public final class TopicReader<K, V> implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Topic<K, V> topic;
  private final Deserializer<K> keys;
  private final Deserializer<V> values;
  private final List<TopicPartition> partitions = new ArrayList<>();
  private long undecodable;
  private boolean tombstones;

  /**
   * Opens the topic.
   *
   * @throws Failure when it does not exist
   */
  public static <K, V> TopicReader<K, V> open(Cluster cluster, Topic<K, V> topic) {
    var reader = new TopicReader<K, V>(cluster, topic);
    if (reader.partitions.isEmpty()) {
      reader.close();
      throw Failure.config(
          "topic "
              + topic.name()
              + " does not exist on "
              + cluster.bootstrapServers()
              + ": run '"
              + cluster.topicsApply()
              + "'");
    }
    return reader;
  }

  private TopicReader(Cluster cluster, Topic<K, V> topic) {
    this.topic = topic;
    var serdes = cluster.serdes();
    this.keys = serdes.key(topic.keyType()).deserializer();
    this.values = serdes.value(topic.valueType()).deserializer();
    var config = new LinkedHashMap<String, Object>(cluster.clientConfig());
    config.keySet().removeIf(key -> !ConsumerConfig.configNames().contains(key));
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 8_000);
    // What waits at the end of a topic would hold up its closing, too.
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    this.consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer
        .partitionsFor(topic.name())
        .forEach(p -> partitions.add(new TopicPartition(topic.name(), p.partition())));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Delivers records without a value, too; they are skipped otherwise. */
  public TopicReader<K, V> withTombstones() {
    tombstones = true;
    return this;
  }

  /** Restricts reading to one partition. */
  public TopicReader<K, V> only(int partition) {
    partitions.removeIf(p -> p.partition() != partition);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return this;
  }

  /** Goes on from the first record that arrived at this time or later. */
  public TopicReader<K, V> since(long arrivalMs) {
    Map<TopicPartition, Long> times = new LinkedHashMap<>();
    partitions.forEach(partition -> times.put(partition, arrivalMs));
    var found = consumer.offsetsForTimes(times);
    for (TopicPartition partition : partitions) {
      var at = found.get(partition);
      if (at == null) {
        consumer.seekToEnd(List.of(partition));
      } else {
        consumer.seek(partition, at.offset());
      }
    }
    return this;
  }

  /** Offset of the first record the broker still holds, by partition. */
  public Map<Integer, Long> beginnings() {
    var beginnings = new java.util.TreeMap<Integer, Long>();
    consumer
        .beginningOffsets(partitions)
        .forEach((partition, offset) -> beginnings.put(partition.partition(), offset));
    return beginnings;
  }

  /** How many partitions the topic has. */
  public int partitionCount() {
    return consumer.partitionsFor(topic.name()).size();
  }

  /** Everything that is in the topic now; returns at its end. */
  public void readToEnd(Consumer<ConsumerRecord<K, V>> each) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      poll(POLL, each);
    }
  }

  /** Goes on reading until {@code stop} says so. */
  public void follow(BooleanSupplier stop, Consumer<ConsumerRecord<K, V>> each) {
    while (!stop.getAsBoolean()) {
      poll(POLL, each);
    }
  }

  /** Waits at most {@code limit} for records; returns how many came. */
  public int poll(Duration limit, Consumer<ConsumerRecord<K, V>> each) {
    var records = consumer.poll(limit);
    for (ConsumerRecord<byte[], byte[]> raw : records) {
      K key;
      V value;
      try {
        key = keys.deserialize(topic.name(), raw.key());
        value = values.deserialize(topic.name(), raw.value());
      } catch (org.apache.kafka.common.errors.SerializationException e) {
        undecodable++;
        continue;
      }
      if (value != null || tombstones) {
        each.accept(
            new ConsumerRecord<>(
                raw.topic(),
                raw.partition(),
                raw.offset(),
                raw.timestamp(),
                raw.timestampType(),
                raw.serializedKeySize(),
                raw.serializedValueSize(),
                key,
                value,
                raw.headers(),
                raw.leaderEpoch()));
      }
    }
    return records.count();
  }

  /** Records that could not be decoded so far. */
  public long undecodable() {
    return undecodable;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
