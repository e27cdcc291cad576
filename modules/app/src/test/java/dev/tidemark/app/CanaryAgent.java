package dev.tidemark.app;

import dev.tidemark.app.Canaries.Canary;
import dev.tidemark.capture.AgentCapture;
import dev.tidemark.capture.ModelCall;
import dev.tidemark.capture.Run;
import dev.tidemark.capture.ToolCall;
import dev.tidemark.records.EventType;
import dev.tidemark.records.HumanDecision;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.util.ArrayList;
import java.util.List;

/** An agent that says a secret wherever it can say anything. */
final class CanaryAgent {
  private final AgentCapture capture;

  CanaryAgent(AgentCapture capture) {
    this.capture = capture;
  }

  /** A run that says it everywhere; its trace. */
  String say(Canary canary) {
    String said = canary.text();
    try (Run run =
        capture.startRun("agent " + said).version(said).conversation(said).runId(said).start()) {
      try (ModelCall model = run.modelCall(said)) {
        model.provider(said).backend(said).prompt(said).completion(said).retried(1, said);
        model.failed(new IllegalStateException(said));
      }
      try (ToolCall tool = run.toolCall("tool " + said).version(said).callId(said)) {
        tool.arguments("{\"q\":\"" + said + "\"}").policy(said, said).ok(said);
      }
      ToolCall failed = run.toolCall("search").arguments(said);
      failed.failed(said);
      run.toolCall("search").retryOf(failed).attempt(2).denied(said);
      run.guardrail(said).policy(said, said).about(failed, said).denied();
      run.decision(said).about(failed, said, said).policy(said, said, said).by(said).requested();
      run.decision(said).by(said).decided(HumanDecision.APPROVED);
      run.handoff(said);
      run.event(EventType.CHECKPOINT, said);
      run.evaluation(said, 1.0, true);
      run.failed(said);
      return run.traceId();
    }
  }

  /** An OTLP body that says it in names, keys and values; {@code said} is escaped for JSON. */
  static String otlp(int number, String operation, String said) {
    long end = System.currentTimeMillis() * 1_000_000;
    String a = attribute("gen_ai.operation.name", operation);
    a += "," + attribute("gen_ai.tool.name", "otlp " + said);
    for (String key :
        new String[] {
          "gen_ai.tool.call.arguments",
          "gen_ai.tool.call.result",
          "gen_ai.tool.description",
          "gen_ai.input.messages",
          "gen_ai.output.messages",
          "gen_ai.request.model",
          "gen_ai.conversation.id",
          "gen_ai.agent.name",
          "error.type",
          "input.value",
          "baggage.user",
          "http.request.header.authorization",
          "url.full",
          "db.query.text",
          "exception.message",
          said
        }) {
      a += "," + attribute(key, said);
    }
    String event =
        "{\"name\":\"exception\",\"timeUnixNano\":\"%d\",\"attributes\":[%s,%s,%s]}"
            .formatted(
                end,
                attribute("exception.type", said),
                attribute("exception.message", said),
                attribute("exception.stacktrace", said));
    return """
        {"resourceSpans":[{"resource":{"attributes":[%s,%s]},"scopeSpans":[{"scope":{"name":"%s"},
        "spans":[{"traceId":"%032x","spanId":"%016x","name":"%s","kind":1,"startTimeUnixNano":"%d",
        "endTimeUnixNano":"%d","traceState":"%s","status":{"code":2,"message":"%s"},
        "attributes":[%s],"events":[%s]}]}]}]}
        """
        .formatted(
            attribute("service.name", "otlp-agent " + said),
            attribute("host.name", said),
            said,
            number + 1_000_001,
            number + 1 + 1_000 * operation.length(),
            said,
            end - 5_000_000,
            end,
            said,
            said,
            a,
            event);
  }

  /** Log records that say it: the verdict of a judge, and what a model was told and answered. */
  static String logs(int number, String said) {
    String record =
        "{\"traceId\":\"%032x\",\"spanId\":\"%016x\",\"timeUnixNano\":\"%d\",\"eventName\":\"%s\","
            + "\"body\":{\"stringValue\":\"%s\"},\"attributes\":[%s]}";
    List<String> attributes = new ArrayList<>();
    for (String key :
        new String[] {
          "gen_ai.evaluation.name",
          "gen_ai.evaluation.score.label",
          "gen_ai.evaluation.explanation",
          "gen_ai.input.messages",
          "gen_ai.output.messages",
          "gen_ai.conversation.id",
          "gen_ai.agent.name",
          "error.type",
          said
        }) {
      attributes.add(attribute(key, said));
    }
    List<String> records = new ArrayList<>();
    for (String name :
        List.of("gen_ai.evaluation.result", "gen_ai.client.inference.operation.details")) {
      long nanos = System.currentTimeMillis() * 1_000_000;
      String all = String.join(",", attributes);
      records.add(record.formatted(number + 1_000_001, number + 1, nanos, name, said, all));
    }
    return "{\"resourceLogs\":[{\"resource\":{\"attributes\":[%s]},\"scopeLogs\":[{\"logRecords\":[%s]}]}]}"
        .formatted(attribute("service.name", said), String.join(",", records));
  }

  /** The same through the OpenTelemetry SDK. */
  static void tell(Tracer tracer, String said) {
    for (String operation : new String[] {"invoke_agent", "chat", "execute_tool"}) {
      SpanBuilder span =
          tracer
              .spanBuilder(operation + " " + said)
              .setAttribute("gen_ai.operation.name", operation)
              .setAttribute("gen_ai.tool.name", "otel " + said);
      for (String key :
          new String[] {
            "gen_ai.tool.call.arguments",
            "gen_ai.tool.call.result",
            "gen_ai.input.messages",
            "gen_ai.output.messages",
            "gen_ai.agent.name",
            "gen_ai.conversation.id",
            "error.type",
            "baggage.user",
            said
          }) {
        span.setAttribute(key, said);
      }
      Span started = span.startSpan();
      started.recordException(new IllegalStateException(said));
      started.setStatus(StatusCode.ERROR, said);
      started.end();
    }
  }

  private static String attribute(String key, String value) {
    return "{\"key\":\"" + key + "\",\"value\":{\"stringValue\":\"" + value + "\"}}";
  }
}
