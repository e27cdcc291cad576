package dev.tidemark.ingest.dialect;

import dev.tidemark.ingest.otlp.OtlpSpan;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;

/** Telemetry of the Vercel AI SDK as {@code experimental_telemetry} sends it: {@code ai.*}. */
final class VercelAi implements Dialect {
  @Override
  public String name() {
    return "vercel-ai";
  }

  @Override
  public boolean speaks(OtlpSpan span) {
    return span.text("ai.operationId") != null;
  }

  @Override
  public void translate(OtlpSpan from, AgentSpan to) {
    String operation = from.text("ai.operationId");
    String agent = from.text("ai.telemetry.functionId", "resource.name");
    if (agent != null) {
      to.setAgentName(agent);
    }
    String version = from.text("ai.telemetry.metadata.agentVersion");
    if (version != null) {
      to.setAgentVersion(version);
    }
    to.setConversationId(
        from.text(
            "ai.telemetry.metadata.conversationId",
            "ai.telemetry.metadata.sessionId",
            "ai.settings.context.conversationId"));
    if (operation.equals("ai.toolCall")) {
      to.setKind(SpanKind.TOOL);
      to.setToolName(from.text("ai.toolCall.name"));
      to.setToolCallId(from.text("ai.toolCall.id"));
      to.setOutcome(from.failed() ? Outcome.TOOL_ERROR : Outcome.OK);
    } else if (operation.endsWith(".doGenerate") || operation.endsWith(".doStream")) {
      to.setKind(SpanKind.LLM);
      GenAi.usage(from, to);
      if (to.getModelName() == null) {
        to.setModelName(from.text("ai.response.model", "ai.model.id"));
      }
      if (to.getModelProvider() == null) {
        to.setModelProvider(from.text("ai.model.provider"));
      }
      if (to.getInputTokens() == null) {
        to.setInputTokens(from.number("ai.usage.inputTokens", "ai.usage.promptTokens"));
      }
      if (to.getOutputTokens() == null) {
        to.setOutputTokens(from.number("ai.usage.outputTokens", "ai.usage.completionTokens"));
      }
    } else {
      to.setKind(from.parentSpanId() == null ? SpanKind.RUN : SpanKind.STEP);
    }
  }
}
