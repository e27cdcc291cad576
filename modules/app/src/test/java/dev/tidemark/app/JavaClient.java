package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.concurrent.TimeUnit;

/** An agent in Java that is instrumented with OpenTelemetry's own SDK, whatever exports it. */
final class JavaClient {
  private final Tracer tracer;
  private final String agent;

  private JavaClient(Tracer tracer, String agent) {
    this.tracer = tracer;
    this.agent = agent;
  }

  /**
   * Two runs of one conversation: a tool fails and is called again, a human rejects a payment, a
   * guard blocks a refund; next, a model answers.
   */
  static void act(SpanExporter exporter, String agent) throws InterruptedException {
    var version = AttributeKey.stringKey("service.version");
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setResource(Resource.create(Attributes.of(version, "3.2.1")))
            .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
            .build()) {
      JavaClient client = new JavaClient(provider.get("desk"), agent);
      client.first();
      client.second();
      assertThat(provider.forceFlush().join(20, TimeUnit.SECONDS).isSuccess()).isTrue();
    }
  }

  private void first() throws InterruptedException {
    Span run = run();
    try (Scope scope = run.makeCurrent()) {
      model();
      Span failed = tool("search", "call-1");
      failed.recordException(new IllegalStateException("upstream 503, card 4111111111111111"));
      end(failed.setStatus(StatusCode.ERROR));
      end(tool("search", "call-2"));
      String said = "Tool execution for call-3 was manually rejected by user: over budget";
      end(tool("make_payment", "call-3").setStatus(StatusCode.ERROR, said));
      end(
          tool("refund", "call-4")
              .setAttribute("agent.guardrail.block", true)
              .setStatus(StatusCode.ERROR));
    }
    end(run);
  }

  private void second() throws InterruptedException {
    Span run = run();
    try (Scope scope = run.makeCurrent()) {
      model();
    }
    end(run);
  }

  private Span run() {
    return tracer
        .spanBuilder("invoke_agent " + agent)
        .setAttribute("gen_ai.operation.name", "invoke_agent")
        .setAttribute("gen_ai.agent.name", agent)
        .setAttribute("gen_ai.conversation.id", "conv-" + agent)
        .startSpan();
  }

  private void model() throws InterruptedException {
    end(
        tracer
            .spanBuilder("chat m")
            .setAttribute("gen_ai.operation.name", "chat")
            .setAttribute("gen_ai.request.model", "m")
            .setAttribute("gen_ai.input.messages", "Weather in Paris for ada@example.org?")
            .setAttribute("gen_ai.usage.input_tokens", 100L)
            .setAttribute("gen_ai.usage.cache_read.input_tokens", 60L)
            .setAttribute("gen_ai.usage.output_tokens", 10L)
            .startSpan());
  }

  private Span tool(String name, String call) {
    return tracer
        .spanBuilder("execute_tool " + name)
        .setAttribute("gen_ai.operation.name", "execute_tool")
        .setAttribute("gen_ai.tool.name", name)
        .setAttribute("gen_ai.tool.call.id", call)
        .startSpan();
  }

  private static void end(Span span) throws InterruptedException {
    Thread.sleep(5);
    span.end();
  }
}
