package dev.tidemark.ingest.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.DeadLetter;
import dev.tidemark.records.SpanKind;
import dev.tidemark.testkit.Spans;
import dev.tidemark.testkit.TopologyHarness;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.Topics;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CollectorTopologyTest {
  private static final Topic<byte[], byte[]> IN = Topic.ofOthers("otlp_spans");
  private final Topics topics = Topics.plain();
  private final AvroSerdes serdes = TopologyHarness.serdes();
  private final CollectorTopology collector =
      new CollectorTopology(
          new CollectorConfig(List.of("otlp_spans"), List.of("otlp_logs"), "acme"), topics, serdes);
  private final TopologyHarness harness = TopologyHarness.start(collector::build, serdes);

  @AfterEach
  void close() {
    harness.close();
  }

  private void send(byte[] value) {
    harness.send(IN, "collector".getBytes(StandardCharsets.UTF_8), value, Spans.T0);
  }

  private List<DeadLetter> dead() {
    return harness.read(topics.deadLetters()).stream().map(TestRecord::value).toList();
  }

  private static byte[] proto(String... traceIds) {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    for (String traceId : traceIds) {
      scope.addSpans(
          Span.newBuilder()
              .setTraceId(ByteString.fromHex(traceId))
              .setSpanId(ByteString.fromHex("00f067aa0ba902b7"))
              .setName("step")
              .setEndTimeUnixNano(1_790_000_001_500_000_000L));
    }
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
        .build()
        .toByteArray();
  }

  @Test
  void shouldKeySpansByTraceWhateverTheCollectorKeyedThemBy() {
    String one = "4bf92f3577b34da6a3ce929d0e0e4736";
    String other = "5bf92f3577b34da6a3ce929d0e0e4736";
    send(proto(one, other));

    List<TestRecord<String, AgentSpan>> spans = harness.read(topics.spans());
    assertThat(spans).extracting(TestRecord::key).containsExactly(one, other);
    assertThat(spans).extracting(r -> r.value().getTenant()).containsOnly("acme");
    assertThat(spans).extracting(TestRecord::timestamp).containsOnly(Spans.T0);
    assertThat(dead()).isEmpty();
  }

  @Test
  void shouldReadOtlpJsonFromTheSameTopic() throws IOException {
    try (InputStream capture =
        getClass().getResourceAsStream("/captures/vercel-ai-sdk-6.0.326.json")) {
      send(capture.readAllBytes());
    }

    assertThat(harness.read(topics.spans()))
        .extracting(record -> record.value().getKind())
        .contains(SpanKind.RUN, SpanKind.LLM, SpanKind.TOOL);
  }

  @Test
  void shouldTellWhatCannotBeReadAndGoOn() {
    send("not OTLP, secret-4111".getBytes(StandardCharsets.UTF_8));
    send("{\"resourceSpans\":1}".getBytes(StandardCharsets.UTF_8));
    send(new byte[0]);
    send(proto("4bf92f3577b34da6a3ce929d0e0e4736"));

    List<DeadLetter> dead = dead();
    assertThat(dead)
        .extracting(DeadLetter::getReason)
        .containsExactly("NOT_OTLP", "NOT_OTLP", "EMPTY_VALUE");
    assertThat(dead.toString()).doesNotContain("4111").contains("otlp_spans");
    assertThat(harness.read(topics.spans())).hasSize(1);
  }

  @Test
  void shouldTellWhichSpansAreLeftOut() {
    send(proto("0".repeat(32), "4bf92f3577b34da6a3ce929d0e0e4736"));

    assertThat(dead())
        .singleElement()
        .satisfies(letter -> assertThat(letter.getReason()).isEqualTo("UNUSABLE_ITEMS"))
        .satisfies(
            letter -> assertThat(letter.getHint()).startsWith("1 items").contains("traceId"));
    assertThat(harness.read(topics.spans())).hasSize(1);
  }

  @Test
  void shouldIgnoreTombstones() {
    send(null);

    assertThat(dead()).isEmpty();
    assertThat(harness.read(topics.spans())).isEmpty();
  }

  @Test
  void shouldReadLogs() {
    harness.send(
        Topic.ofOthers("otlp_logs"),
        null,
        "{\"resourceLogs\":[]}".getBytes(StandardCharsets.UTF_8),
        Spans.T0);

    assertThat(dead()).isEmpty();
  }
}
