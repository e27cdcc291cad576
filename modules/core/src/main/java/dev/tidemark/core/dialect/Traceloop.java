package dev.tidemark.core.dialect;

import dev.tidemark.core.otlp.OtlpSpan;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.Verdict;

/** OpenLLMetry of Traceloop: workflows, agents and tools around spans of the conventions. */
final class Traceloop implements Dialect {
  private static final String PROPERTY = "traceloop.association.properties.";
  private static final String[] MARKS = {
    "traceloop.span.kind",
    "traceloop.workflow.name",
    "traceloop.entity.name",
    PROPERTY + "session_id",
    PROPERTY + "thread_id",
    "llm.request.type"
  };

  private static final Keys KEYS =
      Keys.NONE
          .with(
              Field.CONVERSATION,
              "gen_ai.conversation.id",
              PROPERTY + "session_id",
              PROPERTY + "thread_id",
              PROPERTY + "conversation_id")
          .with(
              Field.PROMPT_VERSION,
              "traceloop.prompt.version",
              "traceloop.prompt.version_name",
              "traceloop.prompt.version_hash")
          .with(Field.ARGUMENTS, "traceloop.entity.input")
          .with(Field.RESULT, "traceloop.entity.output")
          .then(GenAi.KEYS)
          .with(Field.AGENT_NAME, "traceloop.workflow.name")
          .with(Field.PROMPT, "traceloop.entity.input")
          .with(Field.COMPLETION, "traceloop.entity.output")
          .with(Field.TOOL_NAME, "traceloop.entity.name");

  @Override
  public String name() {
    return "traceloop";
  }

  @Override
  public boolean speaks(OtlpSpan span) {
    return span.text(MARKS) != null;
  }

  @Override
  public Keys keys() {
    return KEYS;
  }

  @Override
  public SpanKind kind(Reading span) {
    if (span.text("gen_ai.guardrail.name") != null) {
      return SpanKind.GUARDRAIL;
    }
    String role = span.text("traceloop.span.kind");
    if (role != null) {
      return switch (role) {
        case "workflow", "agent" -> SpanKind.RUN;
        case "tool" -> SpanKind.TOOL;
        case "handoff" -> SpanKind.HANDOFF;
        default -> SpanKind.STEP;
      };
    }
    String request = span.text("llm.request.type");
    if (request != null && span.text("gen_ai.operation.name") == null) {
      return request.equals("rerank") || request.equals("unknown") ? SpanKind.STEP : SpanKind.LLM;
    }
    return span.text(Field.HANDOFF_TO) != null ? SpanKind.HANDOFF : GenAi.kindOf(span);
  }

  @Override
  public void refine(Reading from, AgentSpan to) {
    String version = from.text("traceloop.entity.version");
    if (to.getKind() == SpanKind.RUN) {
      String name = from.text("traceloop.entity.name");
      to.setAgentName(name == null ? to.getAgentName() : name);
      to.setAgentVersion(version == null ? to.getAgentVersion() : version);
    } else if (to.getKind() == SpanKind.TOOL) {
      to.setToolVersion(version == null ? to.getToolVersion() : version);
      forgetNoArguments(from, to);
    } else if (to.getKind() == SpanKind.GUARDRAIL) {
      guardrail(from, to);
    }
  }

  /** A wrapped closure is told as a call without arguments: that says nothing about them. */
  private static void forgetNoArguments(Reading from, AgentSpan to) {
    if ("{\"args\":[],\"kwargs\":{}}".equals(from.text("traceloop.entity.input"))) {
      to.setArgumentsHash(null);
      to.setArgumentsBytes(null);
    }
  }

  private static void guardrail(Reading from, AgentSpan to) {
    String status = from.text("gen_ai.guardrail.status");
    to.setPolicyRule(from.text("gen_ai.guardrail.name"));
    if (status != null) {
      boolean passed = status.equalsIgnoreCase("passed") || status.equalsIgnoreCase("success");
      to.setVerdict(passed ? Verdict.ALLOW : Verdict.DENY);
      to.setEnforced(to.getVerdict());
      to.setOutcome(passed ? to.getOutcome() : Outcome.DENIED);
    }
  }
}
