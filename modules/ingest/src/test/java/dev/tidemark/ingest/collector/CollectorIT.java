package dev.tidemark.ingest.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.ingest.otlp.OtlpProto;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.testkit.TestCluster;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Topics;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Collector's topic on a broker; written as its kafka exporter writes it, in both of its
 * encodings, without a key.
 */
class CollectorIT {
  private static final TestCluster CLUSTER = TestCluster.shared();
  @TempDir private Path state;

  @Test
  void shouldBringWhatACollectorWroteToTheTopicOfSpans() throws Exception {
    String prefix = CLUSTER.uniquePrefix();
    Topics topics = Topics.prefixed(prefix);
    CLUSTER.createTopics(topics, 2);
    Map<String, Object> client = new HashMap<>(CLUSTER.clientConfig());
    String source = prefix + ".otlp_spans";
    int expected = 19;
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", CLUSTER.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(source, 3, (short) 1))).all().get();
    }
    try (var producer =
            new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
        InputStream json = getClass().getResourceAsStream("/captures/vercel-ai-sdk-6.0.326.json");
        InputStream proto = getClass().getResourceAsStream("/captures/langchain-1.5.14.pb")) {
      byte[] langchain = proto.readAllBytes();
      expected += OtlpProto.traces(langchain).size();
      producer.send(new ProducerRecord<>(source, json.readAllBytes())).get();
      producer.send(new ProducerRecord<>(source, langchain)).get();
    }
    var topology =
        new CollectorTopology(
            new CollectorConfig(List.of(source), List.of(), "acme"), topics, AvroSerdes.of(client));
    var properties = new Properties();
    properties.put("bootstrap.servers", CLUSTER.bootstrapServers());
    properties.put("application.id", prefix + "-ingest");
    properties.put("state.dir", state.toString());
    properties.put("processing.guarantee", "exactly_once_v2");
    properties.put("replication.factor", 1);

    List<ConsumerRecord<String, AgentSpan>> spans = List.of();
    try (var streams = new KafkaStreams(topology.build(), properties)) {
      streams.start();
      for (int i = 0; i < 100 && spans.size() < expected; i++) {
        TimeUnit.MILLISECONDS.sleep(200);
        spans = CLUSTER.readAll(topics.spans());
      }
    }

    assertThat(spans).hasSizeGreaterThan(30).hasSize(expected);
    assertThat(spans).allSatisfy(r -> assertThat(r.key()).isEqualTo(r.value().getTraceId()));
    assertThat(spans).allSatisfy(r -> assertThat(r.value().getTenant()).isEqualTo("acme"));
  }
}
