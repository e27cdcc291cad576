package dev.tidemark.core.dialect;

import dev.tidemark.core.otlp.OtlpSpan;
import dev.tidemark.records.SpanKind;

/** Langfuse's SDKs, which send OpenTelemetry with observations in {@code langfuse.*}. */
final class Langfuse implements Dialect {
  private static final String OBSERVATION = "langfuse.observation.";
  private static final Keys KEYS =
      Keys.NONE
          .with(Field.CONVERSATION, "langfuse.session.id")
          .with(Field.PROMPT_VERSION, OBSERVATION + "prompt.version")
          .with(Field.MODEL, OBSERVATION + "model.name")
          .with(Field.INPUT_TOKENS, OBSERVATION + "usage_details>input")
          .with(Field.OUTPUT_TOKENS, OBSERVATION + "usage_details>output")
          .with(Field.COST, OBSERVATION + "cost_details>total")
          .then(GenAi.KEYS)
          .with(Field.AGENT_NAME, "langfuse.trace.name")
          .with(Field.ARGUMENTS, OBSERVATION + "input")
          .with(Field.RESULT, OBSERVATION + "output")
          .with(Field.PROMPT, OBSERVATION + "input")
          .with(Field.COMPLETION, OBSERVATION + "output");

  @Override
  public String name() {
    return "langfuse";
  }

  @Override
  public boolean speaks(OtlpSpan span) {
    return span.text("langfuse.observation.type") != null;
  }

  @Override
  public Keys keys() {
    return KEYS;
  }

  @Override
  public SpanKind kind(Reading span) {
    return switch (span.text("langfuse.observation.type")) {
      case "generation", "embedding" -> SpanKind.LLM;
      case "tool" -> SpanKind.TOOL;
      case "agent" -> SpanKind.RUN;
      case "retriever" -> SpanKind.RETRIEVAL;
      case "guardrail" -> SpanKind.GUARDRAIL;
      default -> span.span().parentSpanId() == null ? SpanKind.RUN : SpanKind.STEP;
    };
  }
}
