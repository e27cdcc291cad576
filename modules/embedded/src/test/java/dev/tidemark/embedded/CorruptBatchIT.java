package dev.tidemark.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bit that fell over on the broker's disk. */
class CorruptBatchIT {
  private static final String TOPIC = "things";

  @TempDir Path directory;

  @Test
  void shouldBeRefusedByTopicAndPartition() throws Exception {
    try (var broker = EmbeddedBroker.start(directory)) {
      produce(broker.bootstrapServers());
    }
    damage();
    try (var broker = EmbeddedBroker.start(directory);
        var consumer = consumer(broker.bootstrapServers())) {
      assertThatThrownBy(() -> consumeAll(consumer))
          .isInstanceOf(KafkaException.class)
          .hasMessageContaining(TOPIC + "-0")
          .hasMessageNotContaining("a secret");
    }
  }

  private static void produce(String servers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", servers),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>(TOPIC, "a secret")).get();
    }
  }

  /** Changes the last byte of the only record. */
  private void damage() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      Path log =
          files
              .filter(file -> file.getParent().endsWith(TOPIC + "-0"))
              .filter(file -> file.toString().endsWith(".log"))
              .findFirst()
              .orElseThrow();
      byte[] bytes = Files.readAllBytes(log);
      int last = bytes.length - 1;
      while (bytes[last] == 0) {
        last--;
      }
      bytes[last] ^= 1;
      Files.write(log, bytes);
      assertThat(bytes).isNotEmpty();
    }
  }

  private static KafkaConsumer<String, String> consumer(String servers) {
    var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", servers),
            new StringDeserializer(),
            new StringDeserializer());
    var partition = new TopicPartition(TOPIC, 0);
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    return consumer;
  }

  private static void consumeAll(KafkaConsumer<String, String> consumer) {
    for (int i = 0; i < 50; i++) {
      consumer.poll(Duration.ofMillis(200));
    }
  }
}
