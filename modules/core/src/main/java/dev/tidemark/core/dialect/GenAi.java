package dev.tidemark.core.dialect;

import dev.tidemark.core.otlp.OtlpSpan;
import dev.tidemark.records.SpanKind;

/**
 * The OpenTelemetry semantic conventions for generative AI (semantic-conventions-genai at fe5608e)
 * with the names they had before; also spans of the Model Context Protocol.
 */
final class GenAi implements Dialect {
  /** Also what other dialects fall back to: most of them speak it half. */
  static final Keys KEYS =
      Keys.NONE
          .with(Field.AGENT_NAME, "gen_ai.agent.name", "gen_ai.workflow.name")
          .with(Field.AGENT_VERSION, "gen_ai.agent.version")
          .with(Field.CONVERSATION, "gen_ai.conversation.id", "session.id", "mcp.session.id")
          .with(Field.PROMPT_VERSION, "gen_ai.prompt.version")
          .with(Field.PROVIDER, "gen_ai.provider.name", "gen_ai.system")
          .with(Field.MODEL, "gen_ai.response.model", "gen_ai.request.model")
          .with(
              Field.MODEL_BACKEND,
              "openai.response.system_fingerprint",
              "gen_ai.openai.response.system_fingerprint",
              "gen_ai.response.system_fingerprint")
          .with(Field.INPUT_TOKENS, "gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens")
          .with(Field.OUTPUT_TOKENS, "gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens")
          .with(
              Field.CACHE_READ_TOKENS,
              "gen_ai.usage.cache_read.input_tokens",
              "gen_ai.usage.cache_read_input_tokens",
              "gen_ai.usage.cached_tokens")
          .with(
              Field.CACHE_WRITE_TOKENS,
              "gen_ai.usage.cache_creation.input_tokens",
              "gen_ai.usage.cache_write.input_tokens",
              "gen_ai.usage.cache_creation_input_tokens",
              "gen_ai.usage.cache_write_input_tokens")
          .with(
              Field.REASONING_TOKENS,
              "gen_ai.usage.reasoning.output_tokens",
              "gen_ai.usage.reasoning_tokens",
              "gen_ai.usage.details.reasoning_tokens")
          .with(Field.FINISH_REASON, "gen_ai.response.finish_reasons")
          .with(Field.TOOL_NAME, "gen_ai.tool.name")
          .with(Field.TOOL_VERSION, "gen_ai.tool.version", "mcp.server.version")
          .with(Field.TOOL_DEFINITION, "gen_ai.tool.definition", "gen_ai.tool.description")
          .with(Field.TOOL_CALL_ID, "gen_ai.tool.call.id")
          .with(Field.ARGUMENTS, "gen_ai.tool.call.arguments")
          .with(Field.RESULT, "gen_ai.tool.call.result")
          .with(
              Field.PROMPT, "gen_ai.system_instructions", "gen_ai.input.messages", "gen_ai.prompt")
          .with(Field.COMPLETION, "gen_ai.output.messages", "gen_ai.completion")
          .with(Field.HANDOFF_FROM, "gen_ai.handoff.from_agent")
          .with(Field.HANDOFF_TO, "gen_ai.handoff.to_agent")
          .with(Field.POLICY, "gen_ai.policy.id", "aws.bedrock.guardrail.id");

  private static final int SERVER = 2;

  @Override
  public String name() {
    return "otel-genai";
  }

  @Override
  public boolean speaks(OtlpSpan span) {
    return span.text(
            "gen_ai.operation.name",
            "gen_ai.tool.name",
            "gen_ai.provider.name",
            "gen_ai.system",
            "mcp.method.name")
        != null;
  }

  @Override
  public Keys keys() {
    return KEYS;
  }

  @Override
  public SpanKind kind(Reading span) {
    return kindOf(span);
  }

  /** What a span of the conventions did, whichever dialect asks. */
  static SpanKind kindOf(Reading reading) {
    OtlpSpan span = reading.span();
    String method = span.text("mcp.method.name");
    if (method != null) {
      // Who called tells it too: the server's own view of a call is no second attempt.
      boolean seenByCaller = span.kind() == SERVER && span.parentSpanId() != null;
      return method.equals("tools/call") && !seenByCaller ? SpanKind.TOOL : SpanKind.STEP;
    }
    String operation = span.text("gen_ai.operation.name");
    if (operation == null) {
      boolean model = span.text("gen_ai.response.model", "gen_ai.request.model") != null;
      boolean tool = span.text("gen_ai.tool.name") != null;
      return tool ? SpanKind.TOOL : model ? SpanKind.LLM : SpanKind.STEP;
    }
    return switch (operation) {
      case "chat", "generate_content", "text_completion", "embeddings" -> SpanKind.LLM;
      case "execute_tool" -> SpanKind.TOOL;
      case "invoke_agent", "invoke_workflow" -> SpanKind.RUN;
      case "retrieval", "search_memory" -> SpanKind.RETRIEVAL;
      case "create_memory", "update_memory", "upsert_memory", "delete_memory" -> SpanKind.TOOL;
      default -> SpanKind.STEP;
    };
  }
}
