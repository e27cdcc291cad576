package dev.tidemark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.AgentSpan;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class SharedClusterIT {
  private final TestCluster cluster = TestCluster.shared();

  @Test
  void shouldBeTheSameForAllTests() {
    assertThat(TestCluster.shared()).isSameAs(cluster);
  }

  @Test
  void shouldGiveEachTestItsOwnTopics() throws Exception {
    Topics mine = Topics.prefixed(cluster.uniquePrefix());
    Topics yours = Topics.prefixed(cluster.uniquePrefix());
    cluster.createTopics(mine, 3);
    cluster.createTopics(yours, 2);
    Set<String> names = mine.all().stream().map(Topic::name).collect(Collectors.toSet());
    try (var admin = Admin.create(cluster.clientConfig())) {
      assertThat(admin.listTopics().names().get())
          .containsAll(names)
          .contains(yours.spans().name());
      assertThat(admin.describeTopics(names).allTopicNames().get().values())
          .allSatisfy(topic -> assertThat(topic.partitions()).hasSize(3));
    }
  }

  @Test
  void shouldCarryRecordsThroughBrokerAndRegistry() throws Exception {
    Topics topics = Topics.prefixed(cluster.uniquePrefix());
    cluster.createTopics(topics, 3);
    AvroSerdes serdes = AvroSerdes.of(cluster.clientConfig());
    long arrival = Spans.T0 - Duration.ofDays(90).toMillis();
    try (var producer =
        new KafkaProducer<>(
            cluster.clientConfig(),
            serdes.key(String.class).serializer(),
            serdes.value(AgentSpan.class).serializer())) {
      for (String name : List.of("a", "b", "c", "d")) {
        AgentSpan span = Spans.run(name, "root").build();
        producer
            .send(
                new ProducerRecord<>(topics.spans().name(), null, arrival, span.getTraceId(), span))
            .get();
      }
    }
    assertThat(cluster.readAll(topics.spans()))
        .hasSize(4)
        .allSatisfy(record -> assertThat(record.timestamp()).isEqualTo(arrival))
        .allSatisfy(record -> assertThat(record.value().getTraceId()).isEqualTo(record.key()));
    assertThat(cluster.readAll(topics.events())).isEmpty();
  }
}
