package dev.tidemark.streams.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowKey;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.testkit.TestCluster;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Partitioning;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 under load, twice, the second time with the disk lost: nothing lost, nothing twice. */
class ObserveCrashIT {
  private static final int PARTITIONS = 2;
  private final TestCluster cluster = TestCluster.shared();
  private final String prefix = cluster.uniquePrefix();
  private final Topics topics = Topics.prefixed(prefix);
  private final AvroSerdes serdes =
      AvroSerdes.of(Map.of("schema.registry.url", cluster.registryUrl()));

  @TempDir Path state;

  @Test
  void shouldCountEverySpanOnceAcrossCrashes() throws Exception {
    shouldCountAcrossCrashes("exactly_once_v2", Map::equals);
  }

  /** The weaker promise: what was not committed at a crash may count twice, nothing is lost. */
  @Test
  void shouldLoseNothingAcrossCrashesAtLeastOnce() throws Exception {
    shouldCountAcrossCrashes(
        "at_least_once",
        (actual, expected) ->
            actual.keySet().equals(expected.keySet())
                && expected.entrySet().stream()
                    .allMatch(window -> actual.get(window.getKey()) >= window.getValue()));
  }

  private void shouldCountAcrossCrashes(
      String guarantee, BiPredicate<Map<String, Long>, Map<String, Long>> holds) throws Exception {
    cluster.createTopics(topics, PARTITIONS);
    List<Object> records = RandomFleet.of(new Random(11), 400);
    records.sort(Comparator.comparingLong(RandomFleet::endMs));

    Process process = start("a", guarantee);
    try (var producer = producer()) {
      int third = records.size() / 3;
      send(producer, records.subList(0, third), 4_000);
      process.destroyForcibly().waitFor();
      send(producer, records.subList(third, 2 * third), 0);
      process = start("a", guarantee);
      send(producer, records.subList(2 * third, records.size()), 5_000);
      process.destroyForcibly().waitFor();
      process = start("b", guarantee);
      heartbeat(producer, RandomFleet.START + 300_000);
    }
    try {
      Map<String, Long> expected = attempts(records);
      Map<String, Long> actual = Map.of();
      long until = System.nanoTime() + Duration.ofMinutes(3).toNanos();
      while (!holds.test(actual, expected) && System.nanoTime() < until) {
        actual = attemptsByTool();
        Thread.sleep(500);
      }
      assertThat(holds.test(actual, expected)).as("%s, not %s", actual, expected).isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private Process start(String directory, String guarantee) throws IOException {
    return ObserveProcess.start(
        cluster, prefix, state.resolve(directory), PARTITIONS, Duration.ofSeconds(1), guarantee);
  }

  private KafkaProducer<String, byte[]> producer() {
    Map<String, Object> config = new HashMap<>(cluster.clientConfig());
    config.put("acks", "all");
    return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
  }

  /** Sends over about {@code overMs}, so that the kill hits an open transaction. */
  private void send(KafkaProducer<String, byte[]> producer, List<Object> records, long overMs)
      throws InterruptedException {
    int sent = 0;
    for (Object record : records) {
      long arrival = RandomFleet.endMs(record) + 50;
      if (record instanceof AgentSpan span) {
        send(producer, topics.spans(), span.getTraceId(), AgentSpan.class, span, arrival);
      } else {
        AgentEvent event = (AgentEvent) record;
        send(producer, topics.events(), event.getTraceId(), AgentEvent.class, event, arrival);
      }
      if (overMs > 0 && ++sent % 100 == 0) {
        producer.flush();
        Thread.sleep(overMs * 100 / records.size());
      }
    }
    producer.flush();
  }

  private <T> void send(
      KafkaProducer<String, byte[]> producer,
      Topic<String, T> topic,
      String trace,
      Class<T> type,
      T record,
      long arrival) {
    byte[] value = serdes.value(type).serializer().serialize(topic.name(), record);
    int partition = Partitioning.trace(trace, PARTITIONS);
    var unused =
        producer.send(new ProducerRecord<>(topic.name(), partition, arrival, trace, value));
  }

  private void heartbeat(KafkaProducer<String, byte[]> producer, long arrival) {
    Headers headers = new RecordHeaders().add("tidemark-heartbeat", new byte[0]);
    for (Topic<?, ?> topic : List.of(topics.spans(), topics.events())) {
      for (int p = 0; p < PARTITIONS; p++) {
        var unused =
            producer.send(new ProducerRecord<>(topic.name(), p, arrival, null, null, headers));
      }
    }
    producer.flush();
  }

  private static Map<String, Long> attempts(List<Object> records) {
    Map<String, Long> attempts = new TreeMap<>();
    for (Object record : records) {
      if (record instanceof AgentSpan span && span.getToolName() != null) {
        long window = span.getEndMs() / 15_000 * 15_000;
        attempts.merge(span.getToolName() + " " + window, 1L, Long::sum);
      }
    }
    return attempts;
  }

  private Map<String, Long> attemptsByTool() {
    Map<String, Long> attempts = new TreeMap<>();
    for (ConsumerRecord<WindowKey, WindowRecord> r : cluster.readAll(topics.windows())) {
      if (r.value() != null && r.value().getSeries().getSubjectKind() == SubjectKind.TOOL) {
        String key = r.value().getSeries().getSubjectName() + " " + r.key().getWindowStartMs();
        attempts.put(key, r.value().getAttempts());
      }
    }
    return attempts;
  }
}
