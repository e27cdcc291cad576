package dev.tidemark.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.embedded.EmbeddedBroker;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.EventType;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.TopicProvisioner;
import dev.tidemark.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is really stopped under an agent, and comes back. */
class OutageIT {
  private static final int DURING = 40_000;
  private static final int ROOM = 1_000;
  private final Topics topics = Topics.prefixed("outage");
  @TempDir private Path directory;
  private String servers;

  /**
   * The agent goes on at its own pace while the broker is away, memory holds no more than the queue
   * and the producer's buffer, the newest records survive, and what was lost stands in Kafka.
   */
  @Test
  void shouldGoOnBoundedAndTellWhatWasLost() throws Exception {
    EmbeddedBroker broker = EmbeddedBroker.start(directory);
    servers = broker.bootstrapServers();
    createTopics();
    try (var publisher = KafkaSpanPublisher.open(config())) {
      publisher.publish(Samples.span(0, 0), SpanPublisher.NOW);
      assertThat(publisher.flush(Duration.ofSeconds(30))).isTrue();
      broker.close();

      long start = System.nanoTime();
      for (int i = 1; i <= DURING; i++) {
        publisher.publish(Samples.span(i, i), SpanPublisher.NOW);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      CaptureCounters away = publisher.counters();
      assertThat(away.inFlight()).isLessThanOrEqualTo(held());
      assertThat(away.dropped().get(DropReason.QUEUE_FULL)).isGreaterThan(DURING - held() - 2);

      broker = EmbeddedBroker.start(directory);
      assertThat(publisher.flush(Duration.ofSeconds(40))).isTrue();
      CaptureCounters back = publisher.counters();
      assertThat(back.accepted()).isEqualTo(back.sent() + back.droppedInAll());
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(told()).isEqualTo(back.droppedInAll()));
      List<AgentSpan> kept = read(topics.spans());
      assertThat(kept).hasSize((int) back.sent());
      assertThat(kept)
          .extracting(AgentSpan::getTraceId)
          .contains(Samples.span(DURING, 1).getTraceId());
    } finally {
      broker.close();
    }
  }

  /** The queue, and what 256 kB of buffer may hold of records that compress well. */
  private static int held() {
    return ROOM + 8_000;
  }

  private long told() {
    return read(topics.events()).stream()
        .filter(event -> event.getType() == EventType.CAPTURE_LOSS)
        .mapToLong(AgentEvent::getCount)
        .sum();
  }

  private CaptureConfig config() {
    return CaptureConfig.of(
            Map.of(
                "bootstrap.servers",
                servers,
                "schema.registry.url",
                "mock://outage",
                "buffer.memory",
                256 * 1024,
                "batch.size",
                16 * 1024))
        .topics(topics)
        .overflow(Overflow.DROP_OLDEST)
        .queueRecords(ROOM)
        .lossInterval(Duration.ofMillis(200));
  }

  private void createTopics() throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      List<String> names = List.of(topics.spans().name(), topics.events().name());
      admin
          .createTopics(names.stream().map(name -> new NewTopic(name, 2, (short) 1)).toList())
          .all()
          .get();
      TopicProvisioner.awaitReady(admin, names);
    }
  }

  private <V> List<V> read(Topic<String, V> topic) {
    AvroSerdes serdes =
        AvroSerdes.of(Map.of("bootstrap.servers", servers, "schema.registry.url", "mock://outage"));
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", servers),
            serdes.key(String.class).deserializer(),
            serdes.value(topic.valueType()).deserializer())) {
      List<TopicPartition> partitions =
          List.of(new TopicPartition(topic.name(), 0), new TopicPartition(topic.name(), 1));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      var values = new ArrayList<V>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
      }
      return values;
    }
  }
}
