package dev.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.redact.RedactionReport;
import dev.tidemark.ingest.receive.OtlpReceiver;
import dev.tidemark.ingest.receive.ReceiverConfig;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.EventType;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import dev.tidemark.testkit.TestCluster;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Topics;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The OpenTelemetry SDK for Java with its own exporters, against a receiver and a broker. */
class OpenTelemetryJavaIT {
  private static final TestCluster CLUSTER = TestCluster.shared();
  private static final String STEP =
      """
      {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736",
      "spanId":"00f067aa0ba902b7","name":"step","endTimeUnixNano":"1790000001500000000"}]}]}]}
      """;

  private final Topics topics = Topics.prefixed(CLUSTER.uniquePrefix());
  private KafkaOutlet outlet;
  private OtlpReceiver receiver;

  @BeforeEach
  void start() throws IOException {
    CLUSTER.createTopics(topics, 2);
    outlet = new KafkaOutlet(CLUSTER.clientConfig(), topics, AvroSerdes.of(CLUSTER.clientConfig()));
    receiver = OtlpReceiver.start(ReceiverConfig.loopback(), outlet);
  }

  @AfterEach
  void stop() {
    receiver.close();
    outlet.close();
  }

  /** A run with one tool call that failed; the id of its trace. */
  private static String run(SpanExporter exporter) {
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
            .build()) {
      Tracer tracer = provider.get("agent");
      Span run =
          tracer
              .spanBuilder("invoke_agent desk")
              .setAttribute("gen_ai.operation.name", "invoke_agent")
              .setAttribute("gen_ai.agent.name", "desk")
              .startSpan();
      try (Scope scope = run.makeCurrent()) {
        Span tool =
            tracer
                .spanBuilder("execute_tool search")
                .setAttribute("gen_ai.operation.name", "execute_tool")
                .setAttribute("gen_ai.tool.name", "search")
                .setAttribute("gen_ai.tool.call.id", "call-1")
                .startSpan();
        tool.recordException(new IllegalStateException("card 4111 1111 1111 1111"));
        tool.setStatus(StatusCode.ERROR);
        tool.end();
      }
      run.end();
      assertThat(provider.forceFlush().join(10, TimeUnit.SECONDS).isSuccess()).isTrue();
      return run.getSpanContext().getTraceId();
    }
  }

  private void shouldBeOnTheTopic(String traceId) {
    List<ConsumerRecord<String, AgentSpan>> records = CLUSTER.readAll(topics.spans());

    assertThat(records).hasSize(2).extracting(ConsumerRecord::key).containsOnly(traceId);
    assertThat(records)
        .extracting(ConsumerRecord::partition)
        .containsOnly(records.get(0).partition());
    AgentSpan tool =
        records.stream()
            .map(ConsumerRecord::value)
            .filter(span -> span.getKind() == SpanKind.TOOL)
            .findFirst()
            .orElseThrow();
    assertThat(tool.getToolName()).isEqualTo("search");
    assertThat(tool.getToolCallId()).isEqualTo("call-1");
    assertThat(tool.getOutcome()).isEqualTo(Outcome.TOOL_ERROR);
    assertThat(tool.getDurationUs()).isNotNegative();
    assertThat(records.toString()).doesNotContain("4111");
  }

  @Test
  void shouldReceiveOverHttp() {
    shouldBeOnTheTopic(
        run(
            OtlpHttpSpanExporter.builder()
                .setEndpoint(receiver.http() + "/v1/traces")
                .setCompression("gzip")
                .build()));
  }

  @Test
  void shouldReceiveOverGrpc() {
    shouldBeOnTheTopic(
        run(OtlpGrpcSpanExporter.builder().setEndpoint(receiver.grpc().toString()).build()));
  }

  @Test
  void shouldReceiveOverGrpcCompressed() {
    shouldBeOnTheTopic(
        run(
            OtlpGrpcSpanExporter.builder()
                .setEndpoint(receiver.grpc().toString())
                .setCompression("gzip")
                .build()));
  }

  @Test
  void shouldReceiveLogs() {
    try (SdkLoggerProvider provider =
        SdkLoggerProvider.builder()
            .addLogRecordProcessor(
                SimpleLogRecordProcessor.create(
                    OtlpHttpLogRecordExporter.builder()
                        .setEndpoint(receiver.http() + "/v1/logs")
                        .build()))
            .build()) {
      provider.get("app").logRecordBuilder().setBody("a line that is about nothing").emit();
      CompletableResultCode flushed = provider.forceFlush();

      assertThat(flushed.join(10, TimeUnit.SECONDS).isSuccess()).isTrue();
    }
    assertThat(CLUSTER.readAll(topics.events())).isEmpty();
  }

  /** Evaluators tell their verdict as an event, which is a log record with a name. */
  @Test
  void shouldPublishEvaluationsToldAsLogs() {
    SpanContext judged =
        SpanContext.create(
            "4bf92f3577b34da6a3ce929d0e0e4736",
            "00f067aa0ba902b7",
            TraceFlags.getSampled(),
            TraceState.getDefault());
    try (SdkLoggerProvider provider =
        SdkLoggerProvider.builder()
            .addLogRecordProcessor(
                SimpleLogRecordProcessor.create(
                    OtlpHttpLogRecordExporter.builder()
                        .setEndpoint(receiver.http() + "/v1/logs")
                        .build()))
            .build()) {
      provider
          .get("judge")
          .logRecordBuilder()
          .setContext(Context.root().with(Span.wrap(judged)))
          .setTimestamp(1_790_000_000L, TimeUnit.SECONDS)
          .setAttribute(AttributeKey.stringKey("event.name"), "gen_ai.evaluation.result")
          .setAttribute(AttributeKey.stringKey("gen_ai.evaluation.name"), "task_success")
          .setAttribute(AttributeKey.doubleKey("gen_ai.evaluation.score.value"), 0.75)
          .setAttribute(AttributeKey.stringKey("gen_ai.evaluation.score.label"), "pass")
          .setAttribute(AttributeKey.stringKey("gen_ai.evaluation.explanation"), "said 4111")
          .emit();
      assertThat(provider.forceFlush().join(10, TimeUnit.SECONDS).isSuccess()).isTrue();
    }
    List<ConsumerRecord<String, AgentEvent>> events = CLUSTER.readAll(topics.events());
    assertThat(events).hasSize(1).extracting(ConsumerRecord::key).containsOnly(judged.getTraceId());
    AgentEvent event = events.get(0).value();
    assertThat(event.getType()).isEqualTo(EventType.EVALUATION);
    assertThat(event.getName()).isEqualTo("task_success");
    assertThat(event.getSpanId()).isEqualTo(judged.getSpanId());
    assertThat(event.getScore()).isEqualTo(0.75);
    assertThat(event.getPassed()).isTrue();
    assertThat(event.toString()).doesNotContain("4111");
  }

  /** H10: nobody answers where the broker should be; the client hears it in time. */
  @Test
  void shouldSayInTimeThatKafkaIsAway() throws Exception {
    Map<String, Object> nowhere =
        Map.of("bootstrap.servers", "127.0.0.1:1", "schema.registry.url", CLUSTER.registryUrl());
    long began = System.nanoTime();

    try (var away = new KafkaOutlet(nowhere, topics, AvroSerdes.of(nowhere));
        OtlpReceiver door = OtlpReceiver.start(ReceiverConfig.loopback(), away)) {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(door.http().resolve("/v1/traces"))
                      .header("Content-Type", "application/json")
                      .POST(HttpRequest.BodyPublishers.ofString(STEP))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).contains("5");
      assertThat(door.counts().spans()).isZero();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(KafkaOutlet.LIMIT);
  }

  /** R27: what the broker never takes is counted, and what it takes is there. */
  @Test
  void shouldTellWhichRecordsAreTooLargeAndPublishTheOthers() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", CLUSTER.bootstrapServers()))) {
      var topic = new ConfigResource(ConfigResource.Type.TOPIC, topics.spans().name());
      var limit = new AlterConfigOp(new ConfigEntry("max.message.bytes", "800"), OpType.SET);
      admin.incrementalAlterConfigs(Map.of(topic, List.of(limit))).all().get();
    }
    Random random = new Random(27);
    AgentSpan large = step("00f067aa0ba902b8");
    large.setName(letters(random));
    large.setModelName(letters(random));
    large.setToolName(letters(random));
    large.setRunId(letters(random) + letters(random));
    List<AgentSpan> both = List.of(large, step("00f067aa0ba902b7"));

    var batch = new Batch(both, List.of(), List.of(), RedactionReport.NONE, 0, null);
    assertThat(outlet.publish(batch)).isEqualTo(1);
    assertThat(CLUSTER.readAll(topics.spans()))
        .extracting(record -> record.value().getSpanId())
        .containsExactly("00f067aa0ba902b7");
  }

  private static String letters(Random random) {
    return random
        .ints(400, 'a', 'z')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static AgentSpan step(String id) {
    return AgentSpan.newBuilder()
        .setTraceId("4bf92f3577b34da6a3ce929d0e0e4736")
        .setSpanId(id)
        .setName("step")
        .setEndMs(1)
        .setKind(SpanKind.STEP)
        .setOutcome(Outcome.OK)
        .build();
  }
}
