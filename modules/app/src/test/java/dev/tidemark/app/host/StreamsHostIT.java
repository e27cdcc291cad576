package dev.tidemark.app.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.app.ExitCode;
import dev.tidemark.app.Failure;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import dev.tidemark.streams.topology.TopologyDefinition;
import dev.tidemark.testkit.TestCluster;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsHostIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private final TestCluster shared = TestCluster.shared();
  private final String prefix = shared.uniquePrefix();
  private final Cluster cluster =
      Cluster.of(shared.bootstrapServers(), Map.of(), shared.registryUrl(), prefix);
  @TempDir private Path directory;

  @BeforeEach
  void createTopics() {
    shared.createTopics(Topics.prefixed(prefix), 1);
  }

  @Test
  void shouldGoOnAfterGarbageAndTellItInDeadLetters() throws Exception {
    Preflight checked;
    try (Admin admin = cluster.admin()) {
      checked = Preflight.check(admin, cluster);
    }
    try (var host = host(List.of(Role.observe.topology(cluster, checked)))) {
      host.start();
      host.awaitRunning(LIMIT);

      send(cluster.topics().spans(), "garbage".getBytes(StandardCharsets.UTF_8));
      send(cluster.topics().spans(), new byte[] {0, 0, 0, 0x7f, 0x7f, 1, 2, 3});
      send(cluster.topics().spans(), span());

      await()
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(shared.readAll(cluster.topics().deadLetters()))
                      .hasSize(2)
                      .allSatisfy(
                          letter -> {
                            assertThat(letter.value().getTopic())
                                .isEqualTo(cluster.topics().spans().name());
                            assertThat(letter.value().getReason()).isNotBlank();
                            assertThat(letter.value().toString()).doesNotContain("garbage");
                          }));
      assertThat(host.live()).isEmpty();
      assertThat(host.ready()).isEmpty();
      assertThat(host.ended()).isNotDone();
    }
  }

  @Test
  void shouldStopWithReasonWhenARoleFailsTooOften() throws Exception {
    try (var host = host(List.of(new Failing()))) {
      host.start();
      host.awaitRunning(LIMIT);

      send(cluster.topics().spans(), span());

      Failure failure = host.ended().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILURE);
      assertThat(failure).hasMessageContaining("failing").hasMessageContaining("too often");
      await().atMost(LIMIT).untilAsserted(() -> assertThat(host.live()).containsKey("failing"));
    }
  }

  @Test
  void shouldStopWithInstructionWhenItsTopicIsDeleted() throws Exception {
    try (var host = host(List.of(new Failing()));
        Admin admin = cluster.admin()) {
      host.start();
      host.awaitRunning(LIMIT);

      admin.deleteTopics(List.of(cluster.topics().spans().name())).all().get();

      Failure failure = host.ended().get(LIMIT.toSeconds() * 2, TimeUnit.SECONDS);
      assertThat(failure).hasMessageContaining("tidemark topics apply");
      assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIG);
    }
  }

  private StreamsHost host(List<TopologyDefinition> definitions) {
    var once = new HostConfig(cluster, directory, Duration.ofMillis(100), 1, 16L << 20, 1);
    return new StreamsHost(once, definitions, new SimpleMeterRegistry());
  }

  private byte[] span() {
    return cluster
        .serdes()
        .value(AgentSpan.class)
        .serializer()
        .serialize(
            cluster.topics().spans().name(),
            AgentSpan.newBuilder()
                .setTraceId("0af7651916cd43dd8448eb211c80319c")
                .setSpanId("b7ad6b7169203331")
                .setKind(SpanKind.TOOL)
                .setName("send_money")
                .setToolName("send_money")
                .setDialect("test")
                .setEndMs(System.currentTimeMillis())
                .setOutcome(Outcome.OK)
                .build());
  }

  private void send(Topic<?, ?> topic, byte[] value) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", shared.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      byte[] key = "0af7651916cd43dd8448eb211c80319c".getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(topic.name(), key, value)).get();
    }
  }

  /** Fails on every record. */
  private final class Failing implements TopologyDefinition {
    @Override
    public String name() {
      return "failing";
    }

    @Override
    public List<Topic<?, ?>> inputs() {
      return List.of(cluster.topics().spans());
    }

    @Override
    public List<Topic<?, ?>> outputs() {
      return List.of();
    }

    @Override
    public Topology build() {
      return new Topology()
          .addSource(
              "spans-source",
              Serdes.ByteArray().deserializer(),
              Serdes.ByteArray().deserializer(),
              cluster.topics().spans().name())
          .addProcessor("fail", FailingProcessor::new, "spans-source");
    }
  }

  /** Throws. */
  private static final class FailingProcessor implements Processor<byte[], byte[], Void, Void> {
    @Override
    public void process(Record<byte[], byte[]> input) {
      throw new IllegalStateException("does not work");
    }
  }
}
