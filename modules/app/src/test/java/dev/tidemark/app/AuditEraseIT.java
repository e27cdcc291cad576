package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.core.audit.AuditChain;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.AuditEntry;
import dev.tidemark.records.ErasureScope;
import dev.tidemark.records.Verdict;
import dev.tidemark.testkit.Ids;
import dev.tidemark.testkit.Spans;
import dev.tidemark.testkit.TestCluster;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.ErasureMark;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an auditor and a data protection officer type. */
class AuditEraseIT {
  private final TestCluster cluster = TestCluster.shared();
  private final String prefix = cluster.uniquePrefix();
  private final Topics topics = Topics.prefixed(prefix);
  private final AvroSerdes serdes = AvroSerdes.of(cluster.clientConfig());

  @BeforeEach
  void create() {
    cluster.createTopics(topics, 2);
  }

  @Test
  void shouldFindAChainWhole() throws Exception {
    write(chain(5));
    Output output = run("audit verify -o json");
    assertThat(output.exitCode()).as(output.err()).isZero();
    JsonNode chains = new ObjectMapper().readTree(output.out());
    assertThat(chains).hasSize(2);
    assertThat(chains.get(0).get("entries").asInt()).isEqualTo(5);
    assertThat(chains.get(0).get("head").asText()).hasSize(64);
    assertThat(chains.get(1).get("head").isNull()).isTrue();
  }

  @Test
  void shouldSayWhichEntryIsMissingAndWhichWasChanged() throws Exception {
    List<AuditEntry> chain = chain(8);
    chain.get(5).setVerdict(Verdict.ALLOW);
    chain.remove(2);
    write(chain);
    Output output = run("audit verify");
    assertThat(output.exitCode()).isEqualTo(ExitCode.FOUND);
    assertThat(output.err().lines())
        .containsExactly(
            "tidemark: partition 0, entry 2 is missing",
            "tidemark: partition 0, entry 5 was changed: its hash does not fit its content");
    assertThat(output.out()).contains("broken in 2");
    Output before = run("audit verify --to 1970-01-01T00:00:00.001Z");
    assertThat(before.exitCode()).isZero();
    Output behind = run("audit verify --from 1970-01-01T00:00:00.006Z");
    assertThat(behind.exitCode()).as(behind.err()).isZero();
  }

  @Test
  void shouldReportAConversationAndEraseNothingUnasked() throws Exception {
    for (String name : List.of("one", "two")) {
      send(
          topics.runs(),
          Ids.trace(name),
          AgentRun.newBuilder()
              .setTraceId(Ids.trace(name))
              .setConversationId(name.equals("one") ? "c-4711" : null)
              .setEndMs(Spans.T0)
              .build(),
          Spans.T0);
      send(topics.spans(), Ids.trace(name), Spans.tool(name, "a", "search").build(), Spans.T0);
    }
    Output output = run("erase --conversation c-4711 --dry-run -o json");
    assertThat(output.exitCode()).as(output.err()).isZero();
    JsonNode report = new ObjectMapper().readTree(output.out());
    assertThat(report.get("traces").asInt()).isEqualTo(1);
    assertThat(report.get("topics")).hasSize(topics.all().size());
    assertThat(records(report, topics.spans())).isEqualTo(1);
    assertThat(records(report, topics.runs())).isEqualTo(1);
    assertThat(output.err()).contains("nothing was erased");
  }

  /** No role runs: what they would be told stands in the log, and commands show nothing. */
  @Test
  void shouldEraseATenantUnaskedWhenToldSo() throws Exception {
    for (String tenant : List.of("acme", "other")) {
      String trace = Ids.trace(tenant);
      var span = Spans.tool(tenant, "a", "search").tenant(tenant, "prod").build();
      send(topics.spans(), trace, span, Spans.T0);
      AgentRun.Builder run = AgentRun.newBuilder().setTraceId(trace).setTenant(tenant);
      send(topics.runs(), trace, run.setEndMs(Spans.T0).build(), Spans.T0);
    }
    Output output = run("erase --tenant acme --yes");
    assertThat(output.exitCode()).as(output.err()).isZero();
    assertThat(output.err()).contains("erased 1 traces");
    assertThat(run("trace " + Ids.trace("acme")).exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(run("trace " + Ids.trace("other")).exitCode()).isZero();
    var told =
        cluster.readAll(topics.spans()).stream().filter(span -> span.value() == null).toList();
    assertThat(told).extracting(ConsumerRecord::key).containsExactly(Ids.trace("acme"), null);
    assertThat(told)
        .allSatisfy(
            mark ->
                assertThat(ErasureMark.in(mark.headers()))
                    .contains(new ErasureMark(ErasureScope.TENANT, 1)))
        .allSatisfy(mark -> assertThat(mark.timestamp()).isEqualTo(Spans.T0));
  }

  @Test
  void shouldRefuseBothAndNeither() {
    assertThat(run("erase --dry-run").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run("erase --conversation a --tenant b").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run("audit verify --from noon").err()).contains("--from noon is not a time");
  }

  private static int records(JsonNode report, Topic<?, ?> topic) {
    for (JsonNode line : report.get("topics")) {
      if (line.get("topic").asText().equals(topic.name())) {
        return line.get("records").asInt();
      }
    }
    return -1;
  }

  private List<AuditEntry> chain(int length) {
    var chain = new ArrayList<AuditEntry>();
    String last = AuditChain.NOTHING;
    for (int i = 0; i < length; i++) {
      AuditEntry entry =
          AuditEntry.newBuilder()
              .setChain(0)
              .setSequence(0)
              .setPreviousHash("")
              .setHash("")
              .setTopic("agent-spans")
              .setPartition(0)
              .setOffset(i)
              .setRecordHash(AuditChain.sha256(new byte[] {(byte) i}))
              .setTimeMs(i)
              .setVerdict(Verdict.DENY)
              .build();
      chain.add(AuditChain.link(entry, i, last));
      last = entry.getHash();
    }
    return chain;
  }

  private void write(List<AuditEntry> chain) throws Exception {
    for (AuditEntry entry : chain) {
      send(topics.audit(), null, entry, entry.getTimeMs());
    }
  }

  private <V> void send(Topic<String, V> topic, String key, V value, long timeMs) throws Exception {
    byte[] bytes = serdes.value(topic.valueType()).serializer().serialize(topic.name(), value);
    Integer partition = key == null ? 0 : null;
    try (var producer =
        new KafkaProducer<>(
            new HashMap<>(cluster.clientConfig()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic.name(), partition, timeMs, key, bytes)).get();
    }
  }

  private Output run(String line) {
    var args = new ArrayList<>(List.of(line.split(" ")));
    args.addAll(
        List.of(
            "-b",
            cluster.bootstrapServers(),
            "-r",
            cluster.registryUrl(),
            "--topic-prefix",
            prefix));
    return Output.of(args.toArray(String[]::new));
  }
}
