package dev.tidemark.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.redact.ContentRules;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an agent that is instrumented with OpenTelemetry publishes with one line. */
class TidemarkSpanExporterTest {
  private final Inbox inbox = new Inbox();
  private final TidemarkSpanExporter exporter =
      TidemarkSpanExporter.of(
          CaptureConfig.of(
                  Map.of("bootstrap.servers", "127.0.0.1:9", "schema.registry.url", "mock://otel"))
              .tenant("airline")
              .environment("staging")
              .hashKey(new byte[32]),
          inbox);
  private final SdkTracerProvider provider =
      SdkTracerProvider.builder()
          .setResource(
              Resource.create(
                  Attributes.of(
                      AttributeKey.stringKey("service.name"), "booking",
                      AttributeKey.stringKey("service.version"), "1.4")))
          .addSpanProcessor(SimpleSpanProcessor.create(exporter))
          .build();
  private final Tracer tracer = provider.get("agent");

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void shouldPublishWhatSpansOfAnAgentMean() {
    Span agent =
        tracer
            .spanBuilder("invoke_agent booking")
            .setAttribute("gen_ai.operation.name", "invoke_agent")
            .startSpan();
    try (Scope scope = agent.makeCurrent()) {
      Span tool =
          tracer
              .spanBuilder("execute_tool search")
              .setAttribute("gen_ai.operation.name", "execute_tool")
              .setAttribute("gen_ai.tool.name", "search")
              .setAttribute("gen_ai.tool.call.id", "call-1")
              .setAttribute("gen_ai.tool.call.arguments", "{\"to\":\"ann@example.com\"}")
              .setAttribute("secret.of.nobody", "sk-proj-A1b2C3d4E5f6G7h8I9j0")
              .setAttribute(
                  AttributeKey.stringArrayKey("gen_ai.response.finish_reasons"), List.of("stop"))
              .startSpan();
      tool.recordException(new IllegalStateException("no route to ann@example.com"));
      tool.setStatus(StatusCode.ERROR, "no route to ann@example.com");
      tool.end();
    }
    agent.end();

    AgentSpan tool = inbox.spans.get(0);
    AgentSpan root = inbox.spans.get(1);
    assertThat(tool.getKind()).isEqualTo(SpanKind.TOOL);
    assertThat(tool.getToolName()).isEqualTo("search");
    assertThat(tool.getToolCallId()).isEqualTo("call-1");
    assertThat(tool.getOutcome()).isIn(Outcome.ERROR, Outcome.TOOL_ERROR);
    assertThat(tool.getErrorType()).isEqualTo("java.lang.IllegalStateException");
    assertThat(tool.getArgumentsHash()).hasSize(32);
    assertThat(tool.getParentSpanId()).isEqualTo(root.getSpanId());
    assertThat(tool.getTraceId()).isEqualTo(root.getTraceId());
    assertThat(tool.getAgentVersion()).isEqualTo("1.4");
    assertThat(tool.getTenant()).isEqualTo("airline");
    assertThat(tool.getEnvironment()).isEqualTo("staging");
    assertThat(tool.getDurationUs()).isNotNegative();
    assertThat(root.getParentSpanId()).isNull();
    assertThat(inbox.spans.toString() + inbox.events).doesNotContain("ann@").doesNotContain("sk-");
    assertThat(exporter.unread()).isZero();
  }

  @Test
  void shouldKeepWhatAToolOfTheTenantSaysWhereAskedRedacted() {
    CaptureConfig config =
        CaptureConfig.of(
                Map.of("bootstrap.servers", "127.0.0.1:9", "schema.registry.url", "mock://otel"))
            .tenant("airline")
            .environment("staging")
            .content(ContentRules.off().tool("airline", "search"));
    TidemarkSpanExporter keeping = TidemarkSpanExporter.of(config, inbox);
    try (SdkTracerProvider own =
        SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(keeping)).build()) {
      for (String tool : List.of("search", "pay")) {
        own.get("agent")
            .spanBuilder("execute_tool")
            .setAttribute("gen_ai.operation.name", "execute_tool")
            .setAttribute("gen_ai.tool.name", tool)
            .setAttribute("gen_ai.tool.call.result", "mail ann@example.com")
            .startSpan()
            .end();
      }
    }
    assertThat(inbox.contents).hasSize(1);
    assertThat(inbox.contents.get(0).getText()).isEqualTo("mail [redacted:email]");
    assertThat(inbox.contents.get(0).getEnvironment()).isEqualTo("staging");
    assertThat(keeping.redacted().counts()).containsEntry("email", 1L);
  }

  @Test
  void shouldFlushAndEndWithoutWaiting() {
    assertThat(exporter.flush().join(5, TimeUnit.SECONDS).isSuccess()).isTrue();
    assertThat(exporter.shutdown().join(5, TimeUnit.SECONDS).isSuccess()).isTrue();
  }
}
