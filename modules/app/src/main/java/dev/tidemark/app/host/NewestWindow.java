package dev.tidemark.app.host;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How far windows have been told: what a human or a CI job says holds from there on. */
final class NewestWindow {
  private static final long LOOK_BACK = 50;

  private NewestWindow() {}

  /**
   * Time up to which windows of a partition were told; 0 when there are none.
   *
   * @param choice the partition, out of so many
   */
  static long endMs(Cluster cluster, IntUnaryOperator choice) {
    var config = new LinkedHashMap<String, Object>(cluster.clientConfig());
    config.keySet().removeIf(key -> !ConsumerConfig.configNames().contains(key));
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    String topic = cluster.topics().windows().name();
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      int partition = choice.applyAsInt(consumer.partitionsFor(topic).size());
      var at = new TopicPartition(topic, partition);
      consumer.assign(List.of(at));
      long end = consumer.endOffsets(List.of(at)).get(at);
      long begin = consumer.beginningOffsets(List.of(at)).get(at);
      consumer.seek(at, Math.max(begin, end - LOOK_BACK));
      long newest = 0;
      while (consumer.position(at) < end) {
        for (var found : consumer.poll(Duration.ofMillis(200))) {
          newest = Math.max(newest, found.timestamp());
        }
      }
      return newest;
    }
  }
}
