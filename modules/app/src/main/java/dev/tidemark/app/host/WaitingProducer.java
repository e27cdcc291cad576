package dev.tidemark.app.host;

import dev.tidemark.app.Failure;
import dev.tidemark.wire.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes the few records of a command and waits until every replica has them. Not thread-safe.
 *
 * @param <V> what it writes
 */
final class WaitingProducer<V> implements AutoCloseable {
  private static final int WAIT_MS = 10_000;
  private final Cluster cluster;
  private final Topic<String, V> topic;
  private final String what;
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();

  /**
   * A producer; the caller closes it.
   *
   * @param what it writes, for people, such as {@code the decision}
   */
  WaitingProducer(Cluster cluster, Topic<String, V> topic, String what) {
    this.cluster = cluster;
    this.topic = topic;
    this.what = what;
    var config = new LinkedHashMap<String, Object>(cluster.clientConfig());
    config.keySet().removeIf(key -> !ProducerConfig.configNames().contains(key));
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, WAIT_MS);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, WAIT_MS / 2);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, WAIT_MS);
    this.producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  int partitions() {
    return producer.partitionsFor(topic.name()).size();
  }

  void send(int partition, long timestampMs, String key, V value) {
    send(partition, timestampMs, key, value, headers -> {});
  }

  void send(int partition, long timestampMs, String key, V value, Consumer<Headers> marking) {
    byte[] keyBytes = cluster.serdes().key(String.class).serializer().serialize(topic.name(), key);
    byte[] bytes =
        cluster.serdes().value(topic.valueType()).serializer().serialize(topic.name(), value);
    var record = new ProducerRecord<>(topic.name(), partition, timestampMs, keyBytes, bytes);
    marking.accept(record.headers());
    sent.add(producer.send(record));
  }

  /**
   * Waits for all that was sent.
   *
   * @throws Failure when the broker does not take it within ten seconds
   */
  void await() {
    try {
      for (Future<RecordMetadata> one : sent) {
        one.get(WAIT_MS, TimeUnit.MILLISECONDS);
      }
      sent.clear();
    } catch (ExecutionException | TimeoutException e) {
      throw Failure.unreachable(
          "the broker did not take " + what + ": check --bootstrap-server and try again", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.failed("interrupted before " + what + " was written: try again", e);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
