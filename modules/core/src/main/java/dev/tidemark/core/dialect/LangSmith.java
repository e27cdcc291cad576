package dev.tidemark.core.dialect;

import dev.tidemark.core.otlp.OtlpSpan;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.SpanKind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** LangSmith's OpenTelemetry exporter. What it calls a session is a project, not a conversation. */
final class LangSmith implements Dialect {
  private static final String METADATA = "langsmith.metadata.";
  private static final Pattern RETRY = Pattern.compile("retry:attempt:(\\d{1,6})");
  private static final Keys KEYS =
      Keys.NONE
          .with(
              Field.CONVERSATION,
              METADATA + "session_id",
              METADATA + "thread_id",
              METADATA + "conversation_id")
          .with(
              Field.AGENT_VERSION,
              METADATA + "agent_version",
              METADATA + "version",
              METADATA + "revision_id")
          .with(Field.RUN_ID, "langsmith.trace.id")
          .then(GenAi.KEYS)
          .with(Field.AGENT_NAME, METADATA + "lc_agent_name", "langsmith.trace.name")
          .with(Field.MODEL, METADATA + "ls_model_name", "ls_model_name")
          .with(Field.PROVIDER, METADATA + "ls_provider")
          .with(
              Field.INPUT_TOKENS,
              "langsmith.usage_metadata>input_tokens",
              "gen_ai.usage.prompt_tokens")
          .with(Field.OUTPUT_TOKENS, "langsmith.usage_metadata>output_tokens")
          .with(Field.CACHE_READ_TOKENS, "gen_ai.usage.input_token_details>cache_read")
          .with(Field.CACHE_WRITE_TOKENS, "gen_ai.usage.input_token_details>cache_creation")
          .with(Field.REASONING_TOKENS, "gen_ai.usage.output_token_details>reasoning")
          .with(Field.COST, "langsmith.usage_metadata>total_cost")
          .with(Field.ARGUMENTS, "gen_ai.prompt", "inputs")
          .with(Field.RESULT, "gen_ai.completion", "outputs")
          .with(Field.PROMPT, "inputs")
          .with(Field.COMPLETION, "outputs");

  @Override
  public String name() {
    return "langsmith";
  }

  @Override
  public boolean speaks(OtlpSpan span) {
    return span.text("langsmith.span.kind", "langsmith.trace.id") != null;
  }

  @Override
  public Keys keys() {
    return KEYS;
  }

  @Override
  public SpanKind kind(Reading span) {
    String role = span.text("langsmith.span.kind");
    if (role == null) {
      return GenAi.kindOf(span);
    }
    boolean outermost = span.span().parentSpanId() == null;
    return switch (role) {
      case "llm", "embedding" -> SpanKind.LLM;
      case "tool" -> SpanKind.TOOL;
      case "retriever" -> SpanKind.RETRIEVAL;
      case "chain" -> outermost ? SpanKind.RUN : SpanKind.STEP;
      default -> SpanKind.STEP;
    };
  }

  @Override
  public void refine(Reading from, AgentSpan to) {
    OtlpSpan span = from.span();
    String tags = span.text("langsmith.span.tags");
    String all = tags == null ? span.list("langsmith.span.tags").toString() : tags;
    Matcher retry = RETRY.matcher(all);
    if (all.contains("retry:attempt:") && retry.find()) {
      to.setAttempt(Integer.valueOf(retry.group(1)));
    }
  }
}
