package dev.tidemark.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.testkit.TestCluster;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Partitioning;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promises that need a broker. */
class KafkaSpanPublisherIT {
  private static final int PARTITIONS = 3;
  private static final long ARRIVAL = 1_700_000_100_000L;
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private Topics topics;
  private Map<String, Object> client;
  private CaptureConfig config;

  @BeforeEach
  void createTopics() {
    topics = Topics.prefixed(TestCluster.shared().uniquePrefix());
    TestCluster.shared().createTopics(topics, PARTITIONS);
    client = new HashMap<>(TestCluster.shared().clientConfig());
    client.put("schema.registry.url", "mock://" + topics.spans().name());
    config = CaptureConfig.of(client).topics(topics);
  }

  @Test
  void shouldBringRecordsToThePartitionOfTheirTrace() {
    try (var publisher = KafkaSpanPublisher.open(config)) {
      for (int i = 0; i < 200; i++) {
        publisher.publish(Samples.span(i, i), ARRIVAL + i);
        publisher.publish(Samples.event(i, i), ARRIVAL + i);
      }
      assertThat(publisher.flush(LIMIT)).isTrue();
      CaptureCounters counters = publisher.counters();
      assertThat(counters.accepted()).isEqualTo(400);
      assertThat(counters.sent()).isEqualTo(400);
      assertThat(counters.inFlight()).isZero();
    }
    List<ConsumerRecord<String, AgentSpan>> spans = read(topics.spans());
    List<ConsumerRecord<String, AgentEvent>> events = read(topics.events());
    assertThat(spans).hasSize(200);
    assertThat(events).hasSize(200);
    for (ConsumerRecord<String, AgentSpan> span : spans) {
      assertThat(span.key()).isEqualTo(span.value().getTraceId());
      assertThat(span.partition()).isEqualTo(Partitioning.trace(span.key(), PARTITIONS));
      assertThat(span.timestamp()).isEqualTo(ARRIVAL + span.value().getEndMs() % 1_000);
    }
    assertThat(events.get(0).value().getPassed()).isTrue();
  }

  @Test
  void shouldKeepSecretsFromKafka() {
    AgentSpan span = Samples.span(1, 1);
    span.setErrorType("401 for Bearer abcDEF0123456789");
    try (var publisher = KafkaSpanPublisher.open(config)) {
      publisher.publish(span, SpanPublisher.NOW);
      assertThat(publisher.flush(LIMIT)).isTrue();
      assertThat(publisher.counters().redacted()).isEqualTo(1);
    }
    AgentSpan read = read(topics.spans()).get(0).value();
    assertThat(read.getErrorType()).isEqualTo("401 for [redacted:bearer]");
    assertThat(read.getRedactions()).isEqualTo(1);
  }

  @Test
  void shouldTellEveryPartitionAHeartbeat() {
    try (var publisher = KafkaSpanPublisher.open(config)) {
      publisher.heartbeat(ARRIVAL);
      assertThat(publisher.flush(LIMIT)).isTrue();
      assertThat(publisher.counters().heartbeats()).isEqualTo(1);
    }
    for (Topic<String, ?> topic : List.of(topics.spans(), topics.events())) {
      var partitions = new HashSet<Integer>();
      for (ConsumerRecord<String, ?> beat : read(topic)) {
        assertThat(beat.key()).isNull();
        assertThat(beat.value()).isNull();
        assertThat(beat.timestamp()).isEqualTo(ARRIVAL);
        assertThat(beat.headers().lastHeader("tidemark-heartbeat").value()).isEmpty();
        partitions.add(beat.partition());
      }
      assertThat(partitions).containsExactlyInAnyOrder(0, 1, 2);
    }
  }

  @Test
  void shouldFlushWhenItCloses() {
    var publisher = KafkaSpanPublisher.open(config);
    for (int i = 0; i < 1_000; i++) {
      publisher.publish(Samples.span(i % 10, i), SpanPublisher.NOW);
    }
    publisher.close();
    assertThat(publisher.counters().sent()).isEqualTo(1_000);
    assertThat(read(topics.spans())).hasSize(1_000);
  }

  @Test
  void shouldLoseNothingWhenAPlayerIsFasterThanKafka() {
    try (var publisher = KafkaSpanPublisher.open(config.overflow(Overflow.WAIT).queueRecords(16))) {
      for (int i = 0; i < 20_000; i++) {
        publisher.publish(Samples.span(i % 100, i), ARRIVAL);
      }
      assertThat(publisher.flush(LIMIT)).isTrue();
      assertThat(publisher.counters().sent()).isEqualTo(20_000);
      assertThat(publisher.counters().droppedInAll()).isZero();
    }
  }

  @Test
  void shouldRefuseATooLargeRecordAndGoOn() {
    try (var publisher = KafkaSpanPublisher.open(config.recordLimitBytes(1_000))) {
      AgentSpan large = Samples.span(1, 1);
      large.setName("x".repeat(256));
      large.setRunId("y".repeat(256));
      large.setErrorType("z".repeat(256));
      large.setToolVersion("v".repeat(256));
      publisher.publish(large, SpanPublisher.NOW);
      publisher.publish(Samples.span(1, 2), SpanPublisher.NOW);
      assertThat(publisher.flush(LIMIT)).isTrue();
      assertThat(publisher.counters().dropped()).containsEntry(DropReason.TOO_LARGE, 1L);
      assertThat(publisher.counters().sent()).isEqualTo(1);
    }
  }

  @Test
  void shouldSendWhatWaitedForTheTopics() {
    var later = Topics.prefixed(TestCluster.shared().uniquePrefix());
    try (var publisher = KafkaSpanPublisher.open(config.topics(later))) {
      publisher.publish(Samples.span(1, 1), SpanPublisher.NOW);
      assertThat(publisher.flush(Duration.ofSeconds(2))).isFalse();
      assertThat(publisher.counters().inFlight()).isEqualTo(1);
      TestCluster.shared().createTopics(later, PARTITIONS);
      assertThat(publisher.flush(LIMIT)).isTrue();
      assertThat(publisher.counters().sent()).isEqualTo(1);
    }
  }

  private <V> List<ConsumerRecord<String, V>> read(Topic<String, V> topic) {
    var all = new ArrayList<ConsumerRecord<String, V>>();
    try (var serde = AvroSerdes.of(client).value(topic.valueType());
        var consumer =
            new KafkaConsumer<>(
                TestCluster.shared().clientConfig(),
                new StringDeserializer(),
                serde.deserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(p -> new TopicPartition(topic.name(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long wanted =
          consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
      while (all.size() < wanted) {
        consumer.poll(Duration.ofMillis(200)).forEach(all::add);
      }
    }
    return all;
  }
}
