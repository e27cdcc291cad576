package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.window.Series;
import dev.tidemark.records.WindowKey;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.testkit.TestCluster;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.Topics;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What the check-up says of a real broker, and of one that is not there. */
class DoctorIT {
  private static final String NOWHERE = "127.0.0.1:1";
  private final TestCluster cluster = TestCluster.shared();
  private final String prefix = cluster.uniquePrefix();
  private final Topics topics = Topics.prefixed(prefix);

  @Test
  void shouldListAModelWhoseCostNobodyKnows() {
    cluster.createTopics(topics, 2);
    window("made-up-large", 7, 5);
    window("priced-small", 4, 0);

    Output output = doctor(cluster.bootstrapServers(), cluster.registryUrl());

    assertThat(output.exitCode()).as(output.err()).isEqualTo(ExitCode.FOUND);
    assertThat(output.out()).contains("made-up-large").contains("price-book");
    assertThat(output.out()).doesNotContain("priced-small");
    assertThat(output.err()).contains("1 things to mend");
  }

  @Test
  void shouldFindNothingInEmptyTopics() {
    cluster.createTopics(topics, 1);

    Output output = doctor(cluster.bootstrapServers(), cluster.registryUrl());

    assertThat(output.exitCode()).as(output.err()).isZero();
    assertThat(output.err()).contains("nothing to mend");
  }

  @Test
  void shouldSayThatTheBrokerIsAway() {
    Output output = doctor(NOWHERE, cluster.registryUrl());

    assertOneSentence(output, ExitCode.UNREACHABLE, NOWHERE);
  }

  @Test
  void shouldSayThatTheRegistryIsAway() {
    cluster.createTopics(topics, 1);
    window("made-up-large", 7, 5);

    Output output = doctor(cluster.bootstrapServers(), "http://" + NOWHERE);

    assertOneSentence(output, ExitCode.UNREACHABLE, NOWHERE);
  }

  @Test
  void shouldSayWhichTopicIsMissing() {
    Output output = doctor(cluster.bootstrapServers(), cluster.registryUrl());

    assertOneSentence(output, ExitCode.CONFIG, topics.spans().name());
    assertThat(output.err())
        .contains("tidemark topics apply --bootstrap-server " + cluster.bootstrapServers())
        .contains("--topic-prefix " + prefix + "'");
  }

  private static void assertOneSentence(Output output, int exitCode, String names) {
    assertThat(output.exitCode()).as(output.err()).isEqualTo(exitCode);
    assertThat(output.err().lines()).as(output.err()).hasSize(1);
    assertThat(output.err()).contains(names);
    assertThat(output.out()).isEmpty();
  }

  private Output doctor(String broker, String registry) {
    return Output.of("doctor", "-b", broker, "-r", registry, "--topic-prefix", prefix);
  }

  private void window(String model, long attempts, long costUnknown) {
    long startMs = System.currentTimeMillis() / 15_000 * 15_000 - 60_000;
    WindowRecord window =
        WindowRecord.newBuilder()
            .setSeries(
                new Series.Scope("default", "default", "booking", "1").model(model, "b1").toKey())
            .setWindowStartMs(startMs)
            .setWindowEndMs(startMs + 15_000)
            .setAttempts(attempts)
            .setCostUnknown(costUnknown)
            .build();
    AvroSerdes serdes = AvroSerdes.of(cluster.clientConfig());
    Topic<WindowKey, WindowRecord> topic = topics.windows();
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", cluster.bootstrapServers());
    try (var producer =
        new KafkaProducer<>(
            config,
            serdes.key(WindowKey.class).serializer(),
            serdes.value(WindowRecord.class).serializer())) {
      var unused =
          producer.send(
              new ProducerRecord<>(
                  topic.name(), new WindowKey(window.getSeries(), startMs), window));
      producer.flush();
    }
  }
}
