package dev.tidemark.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.capture.CaptureConfig;
import dev.tidemark.capture.KafkaSpanPublisher;
import dev.tidemark.capture.Overflow;
import dev.tidemark.testkit.TestCluster;
import dev.tidemark.wire.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** A play through a real broker. */
class FleetPlayerIT {
  private static final int PARTITIONS = 2;

  @Test
  void shouldBringEveryRecordAndHeartbeatToKafka() {
    var topics = Topics.prefixed(TestCluster.shared().uniquePrefix());
    TestCluster.shared().createTopics(topics, PARTITIONS);
    Map<String, Object> client = new HashMap<>(TestCluster.shared().clientConfig());
    client.put("schema.registry.url", "mock://fleet");
    CaptureConfig config = CaptureConfig.of(client).topics(topics).overflow(Overflow.WAIT);
    FleetPlan plan =
        FleetPlan.same("tau2", "airline", "claude-opus-4-6@button", false, 5)
            .speed(FleetPlan.MAX_SPEED);
    try (var publisher = KafkaSpanPublisher.open(config)) {
      PlayReport report = FleetPlayer.shipped().play(plan, publisher, PlayListener.SILENT);
      assertThat(publisher.flush(Duration.ofSeconds(60))).isTrue();
      assertThat(publisher.counters().sent()).isEqualTo(report.records());
      assertThat(publisher.counters().droppedInAll()).isZero();
      assertThat(publisher.counters().redacted()).isZero();
      assertThat(publisher.counters().rejectedFields()).isZero();
      long inKafka = count(topics.spans().name()) + count(topics.events().name());
      assertThat(inKafka).isEqualTo(report.records() + report.heartbeats() * PARTITIONS * 2);
    }
  }

  private static long count(String topic) {
    try (var consumer =
        new KafkaConsumer<>(
            TestCluster.shared().clientConfig(),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      var partitions =
          IntStream.range(0, PARTITIONS).mapToObj(p -> new TopicPartition(topic, p)).toList();
      return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
