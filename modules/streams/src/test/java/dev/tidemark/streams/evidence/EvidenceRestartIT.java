package dev.tidemark.streams.evidence;

import static dev.tidemark.streams.evidence.EvidenceRecords.alert;
import static dev.tidemark.streams.evidence.EvidenceRecords.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.audit.ChainCheck;
import dev.tidemark.records.AgentEvidence;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.AuditEntry;
import dev.tidemark.testkit.Ids;
import dev.tidemark.testkit.Spans;
import dev.tidemark.testkit.TestCluster;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.RecordKeys;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Evidence stops in the middle of its work, twice, the second time losing its disk, on a real
 * broker: every record that is worth keeping is copied once, every verdict is chained once.
 */
class EvidenceRestartIT {
  private static final int PARTITIONS = 2;
  private static final int SPANS = 3;
  private static final int RUNS = 240;

  /** Changelogs of window stores forget by age: what is restored must not be old. */
  private static final long NOW = System.currentTimeMillis();

  private final TestCluster cluster = TestCluster.shared();
  private final String prefix = cluster.uniquePrefix();
  private final Topics topics = Topics.prefixed(prefix);
  private final AvroSerdes serdes = AvroSerdes.of(cluster.clientConfig());

  @TempDir Path state;

  @Test
  void shouldCopyAndChainOnceAcrossRestarts() throws Exception {
    cluster.createTopics(topics, PARTITIONS);
    List<String> expected = new ArrayList<>();
    int copied = 0;
    try (var producer = producer()) {
      for (int part = 0; part < 3; part++) {
        publish(producer, part * RUNS / 3, (part + 1) * RUNS / 3, expected);
        if (part == 1) {
          send(producer, topics.alerts(), "alert", alert("run-1", "run-0")).get();
        }
        producer.flush();
        KafkaStreams streams = part < 2 ? start("a", 1) : start("b", 16);
        try {
          if (part == 2) {
            Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(
                    () -> {
                      assertThat(copies()).containsExactlyInAnyOrderElementsOf(expected);
                      assertThat(chains()).isEqualTo(RUNS / 2);
                    });
          } else {
            int before = copied;
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> copies().size() > before);
          }
        } finally {
          streams.close(
              CloseOptions.timeout(Duration.ofSeconds(20))
                  .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        }
        copied = copies().size();
        assertThat(copied < expected.size()).as("stopped in its work").isEqualTo(part < 2);
      }
    }
    assertThat(copies()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(chains()).isEqualTo(RUNS / 2);
    for (ConsumerRecord<String, AgentEvidence> copy : cluster.readAll(topics.evidence())) {
      AgentSpan span =
          serdes
              .value(AgentSpan.class)
              .deserializer()
              .deserialize(topics.spans().name(), copy.value().getValue().array());
      assertThat(span.getTraceId()).isEqualTo(RecordKeys.trace(copy.key()));
    }
  }

  /** Every second run is denied and kept; run 1 is kept because an alert shows it. */
  private void publish(
      KafkaProducer<String, byte[]> producer, int from, int to, List<String> expected)
      throws Exception {
    var spans = new ArrayList<Future<RecordMetadata>>();
    for (int i = from; i < to; i++) {
      for (int s = 0; s < SPANS; s++) {
        Spans span = Spans.tool("run-" + i, "s" + s, "pay");
        boolean denied = s == 2 && i % 2 == 0;
        spans.add(
            send(
                producer,
                topics.spans(),
                Ids.trace("run-" + i),
                (denied ? span.denied("limit") : span).build()));
      }
    }
    producer.flush();
    for (int i = from; i < to; i++) {
      var offsets = new ArrayList<Long>();
      int partition = -1;
      for (Future<RecordMetadata> span : spans.subList(0, SPANS)) {
        offsets.add(span.get().offset());
        partition = span.get().partition();
      }
      spans.subList(0, SPANS).clear();
      AgentRun.Builder run =
          run("run-" + i, offsets, List.of()).setSourcePartition(partition).setEndMs(NOW);
      send(
              producer,
              topics.runs(),
              Ids.trace("run-" + i),
              run.setToolDenied(i % 2 == 0 ? 1 : 0).build())
          .get();
      if (i % 2 == 0 || i == 1) {
        for (long offset : offsets) {
          expected.add(partition + "@" + offset);
        }
      }
    }
  }

  private List<String> copies() {
    return cluster.readAll(topics.evidence()).stream()
        .map(copy -> copy.value().getPartition() + "@" + copy.value().getOffset())
        .toList();
  }

  /** Number of entries of all chains, each of which must be whole. */
  private int chains() {
    Map<Integer, ChainCheck> checks = new TreeMap<>();
    List<ConsumerRecord<String, AuditEntry>> entries = cluster.readAll(topics.audit());
    entries.forEach(
        entry ->
            checks
                .computeIfAbsent(entry.partition(), chain -> new ChainCheck(chain, true))
                .next(entry.value()));
    checks.values().forEach(check -> assertThat(check.breaks()).isEmpty());
    return entries.size();
  }

  private KafkaProducer<String, byte[]> producer() {
    return new KafkaProducer<>(
        new HashMap<>(cluster.clientConfig()), new StringSerializer(), new ByteArraySerializer());
  }

  private <V> Future<RecordMetadata> send(
      KafkaProducer<String, byte[]> producer, Topic<String, V> topic, String key, V value) {
    byte[] bytes = serdes.value(topic.valueType()).serializer().serialize(topic.name(), value);
    return producer.send(new ProducerRecord<>(topic.name(), null, NOW, key, bytes));
  }

  /** With one copy at once the work takes long enough to be stopped in it. */
  private KafkaStreams start(String directory, int copies) {
    var config =
        new EvidenceConfig(
            0, 100, Duration.ofDays(7), copies, Duration.ofMillis(200), Duration.ofSeconds(1));
    var properties = new Properties();
    properties.putAll(cluster.clientConfig());
    properties.put("application.id", prefix + "-evidence");
    properties.put("state.dir", state.resolve(directory).toString());
    properties.put("processing.guarantee", "exactly_once_v2");
    properties.put("commit.interval.ms", 200);
    properties.put("auto.offset.reset", "earliest");
    properties.put("max.task.idle.ms", -1);
    var streams =
        new KafkaStreams(new EvidenceTopology(config, topics, serdes).build(), properties);
    streams.start();
    return streams;
  }
}
