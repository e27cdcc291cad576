package dev.tidemark.core.dialect;

import dev.tidemark.core.otlp.OtlpSpan;
import dev.tidemark.records.SpanKind;

/**
 * The Vercel AI SDK as {@code experimental_telemetry} tells it, {@code ai.*}. What {@code
 * @ai-sdk/otel} sends follows the conventions and is read as {@link GenAi}.
 */
final class VercelAi implements Dialect {
  private static final Keys KEYS =
      Keys.NONE
          .with(Field.AGENT_NAME, "gen_ai.agent.name", "ai.telemetry.functionId", "resource.name")
          .with(
              Field.AGENT_VERSION,
              "ai.telemetry.metadata.agentVersion",
              "ai.telemetry.metadata.version")
          .with(
              Field.CONVERSATION,
              "ai.telemetry.metadata.conversationId",
              "ai.telemetry.metadata.sessionId",
              "ai.telemetry.metadata.threadId",
              "ai.settings.context.conversationId",
              "ai.settings.runtimeContext.conversationId")
          .with(Field.TOOL_NAME, "ai.toolCall.name")
          .with(Field.TOOL_CALL_ID, "ai.toolCall.id")
          .with(Field.ARGUMENTS, "ai.toolCall.args")
          .with(Field.RESULT, "ai.toolCall.result")
          .with(Field.PROMPT, "ai.prompt.messages", "ai.prompt")
          .with(Field.COMPLETION, "ai.response.text", "ai.response.object", "ai.response.toolCalls")
          .with(Field.FINISH_REASON, "ai.response.finishReason")
          .then(GenAi.KEYS)
          .with(Field.MODEL, "ai.response.model", "ai.model.id")
          .with(Field.PROVIDER, "ai.model.provider")
          .with(
              Field.INPUT_TOKENS,
              "ai.usage.inputTokens",
              "ai.usage.promptTokens",
              "ai.usage.tokens")
          .with(Field.OUTPUT_TOKENS, "ai.usage.outputTokens", "ai.usage.completionTokens")
          .with(
              Field.CACHE_READ_TOKENS,
              "ai.usage.cachedInputTokens",
              "ai.usage.inputTokenDetails.cacheReadTokens")
          .with(Field.CACHE_WRITE_TOKENS, "ai.usage.inputTokenDetails.cacheWriteTokens")
          .with(
              Field.REASONING_TOKENS,
              "ai.usage.reasoningTokens",
              "ai.usage.outputTokenDetails.reasoningTokens");

  @Override
  public String name() {
    return "vercel-ai";
  }

  @Override
  public boolean speaks(OtlpSpan span) {
    return span.text("ai.operationId") != null;
  }

  @Override
  public Keys keys() {
    return KEYS;
  }

  @Override
  public SpanKind kind(Reading span) {
    String operation = span.text("ai.operationId");
    if (operation.endsWith(".doGenerate")
        || operation.endsWith(".doStream")
        || operation.endsWith(".doEmbed")) {
      return SpanKind.LLM;
    }
    return switch (operation) {
      case "ai.toolCall" -> SpanKind.TOOL;
      case "ai.generateText", "ai.streamText", "ai.generateObject", "ai.streamObject" ->
          SpanKind.RUN;
      default -> SpanKind.STEP;
    };
  }
}
