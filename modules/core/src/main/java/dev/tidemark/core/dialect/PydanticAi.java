package dev.tidemark.core.dialect;

import dev.tidemark.core.otlp.OtlpSpan;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;

/** Pydantic AI's own instrumentation, usually sent by Logfire. */
final class PydanticAi implements Dialect {
  private static final Keys KEYS =
      Keys.NONE
          .with(Field.RUN_ID, "gen_ai.agent.call.id")
          .with(Field.COST, "operation.cost")
          .then(GenAi.KEYS)
          .with(Field.AGENT_NAME, "agent_name")
          .with(Field.ARGUMENTS, "tool_arguments")
          .with(Field.RESULT, "tool_response")
          .with(Field.PROMPT, "pydantic_ai.all_messages", "all_messages_events")
          .with(Field.COMPLETION, "final_result");

  @Override
  public String name() {
    return "pydantic-ai";
  }

  @Override
  public boolean speaks(OtlpSpan span) {
    return "pydantic-ai".equals(span.scope())
        || span.text("gen_ai.agent.call.id", "pydantic_ai.tool.failure_stage") != null
        || span.text("pydantic_ai.tool.deferral.name", "logfire.span_type") != null;
  }

  @Override
  public Keys keys() {
    return KEYS;
  }

  @Override
  public SpanKind kind(Reading span) {
    if ("pending_span".equals(span.text("logfire.span_type"))) {
      return SpanKind.STEP; // Says that a span began; the span itself follows.
    }
    boolean older = span.text("gen_ai.operation.name") == null;
    boolean agent = span.text("agent_name") != null && span.text(Field.TOOL_NAME) == null;
    return older && agent ? SpanKind.RUN : GenAi.kindOf(span);
  }

  @Override
  public void refine(Reading from, AgentSpan to) {
    if (to.getKind() != SpanKind.TOOL) {
      return;
    }
    String deferral = from.text("pydantic_ai.tool.deferral.name");
    if (deferral != null) {
      boolean human = deferral.equals("ApprovalRequired");
      to.setOutcome(human ? Outcome.AWAITING_HUMAN : Outcome.UNKNOWN);
      to.setErrorType(null);
    } else if (from.text("pydantic_ai.tool.failure_stage") != null) {
      to.setOutcome(Outcome.TOOL_ERROR);
      to.setErrorType(from.text("pydantic_ai.tool.failure_stage"));
    }
  }
}
