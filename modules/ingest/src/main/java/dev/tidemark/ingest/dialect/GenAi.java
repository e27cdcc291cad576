package dev.tidemark.ingest.dialect;

import dev.tidemark.ingest.otlp.OtlpSpan;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;

/**
 * The OpenTelemetry semantic conventions for generative AI: {@code gen_ai.*}, with the older {@code
 * gen_ai.system} beside {@code gen_ai.provider.name}.
 */
final class GenAi implements Dialect {
  @Override
  public String name() {
    return "otel-genai";
  }

  @Override
  public boolean speaks(OtlpSpan span) {
    return span.text("gen_ai.operation.name", "gen_ai.tool.name", "gen_ai.system") != null;
  }

  @Override
  public void translate(OtlpSpan from, AgentSpan to) {
    to.setKind(kind(from));
    String agent = from.text("gen_ai.agent.name");
    if (agent != null) {
      to.setAgentName(agent);
    }
    String version = from.text("gen_ai.agent.version");
    if (version != null) {
      to.setAgentVersion(version);
    }
    to.setConversationId(from.text("gen_ai.conversation.id"));
    usage(from, to);
    if (to.getKind() == SpanKind.TOOL) {
      to.setToolName(from.text("gen_ai.tool.name"));
      to.setToolCallId(from.text("gen_ai.tool.call.id"));
      if (from.failed() || "tool_error".equals(from.text("error.type"))) {
        to.setOutcome(Outcome.TOOL_ERROR);
      }
    }
  }

  static void usage(OtlpSpan from, AgentSpan to) {
    to.setModelProvider(from.text("gen_ai.provider.name", "gen_ai.system"));
    to.setModelName(from.text("gen_ai.response.model", "gen_ai.request.model"));
    to.setPromptVersion(from.text("gen_ai.prompt.version"));
    to.setInputTokens(from.number("gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens"));
    to.setOutputTokens(from.number("gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens"));
    to.setCacheReadTokens(
        from.number(
            "gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_read_input_tokens"));
    to.setCacheWriteTokens(
        from.number(
            "gen_ai.usage.cache_creation.input_tokens",
            "gen_ai.usage.cache_creation_input_tokens"));
    to.setReasoningTokens(
        from.number("gen_ai.usage.reasoning.output_tokens", "gen_ai.usage.reasoning_tokens"));
  }

  private static SpanKind kind(OtlpSpan span) {
    String operation = span.text("gen_ai.operation.name");
    if (operation == null) {
      return span.text("gen_ai.tool.name") != null ? SpanKind.TOOL : SpanKind.LLM;
    }
    return switch (operation) {
      case "chat", "generate_content", "text_completion" -> SpanKind.LLM;
      case "execute_tool" -> SpanKind.TOOL;
      case "invoke_agent", "invoke_workflow" ->
          span.parentSpanId() == null ? SpanKind.RUN : SpanKind.STEP;
      default -> SpanKind.STEP;
    };
  }
}
