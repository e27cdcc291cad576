package dev.tidemark.core.dialect;

import dev.tidemark.core.otlp.OtlpSpan;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.HumanDecision;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.Verdict;
import java.util.Map;

/** What single products add to whichever dialect they speak. */
final class Vendors {
  /** Asked after every dialect's own keys. */
  static final Keys KEYS =
      Keys.NONE
          .with(Field.ATTEMPT, "agent.tool.attempt") // go-micro
          .with(Field.HANDOFF_TO, "agent.delegate") // go-micro
          .with(Field.AGENT_VERSION, "langfuse.release", "langfuse.version")
          .with(Field.AGENT_VERSION, "openlit.agent.version_hash")
          .with(Field.AGENT_VERSION, "agent_version") // Datadog
          .with(Field.CONVERSATION, "langfuse.session.id")
          .with(Field.COST, "gen_ai.usage.cost.amount") // proposed for the conventions
          .with(Field.CURRENCY, "gen_ai.usage.cost.currency")
          .with(Field.COST, "gen_ai.usage.cost") // OpenRouter, OpenLIT
          .with(Field.COST, "_signoz.gen_ai.total_cost")
          .with(Field.COST, "operation.cost"); // genai-prices

  private static final Map<String, HumanDecision> CHOICES =
      Map.ofEntries(
          Map.entry("once", HumanDecision.APPROVED),
          Map.entry("session", HumanDecision.APPROVED),
          Map.entry("always", HumanDecision.APPROVED),
          Map.entry("approve", HumanDecision.APPROVED),
          Map.entry("approved", HumanDecision.APPROVED),
          Map.entry("allow", HumanDecision.APPROVED),
          Map.entry("deny", HumanDecision.REJECTED),
          Map.entry("denied", HumanDecision.REJECTED),
          Map.entry("reject", HumanDecision.REJECTED),
          Map.entry("rejected", HumanDecision.REJECTED),
          Map.entry("edit", HumanDecision.EDITED),
          Map.entry("edited", HumanDecision.EDITED));

  private static final Map<String, Outcome> OUTCOMES =
      Map.of(
          "error", Outcome.TOOL_ERROR,
          "failed", Outcome.TOOL_ERROR,
          "timeout", Outcome.TIMEOUT,
          "denied", Outcome.DENIED,
          "blocked", Outcome.DENIED,
          "cancelled", Outcome.CANCELLED);

  private Vendors() {}

  static void refine(Reading from, AgentSpan to) {
    OtlpSpan span = from.span();
    goMicro(span, to);
    hermes(span, to);
    phoenix(span, to);
  }

  /** A call that a guard refused was never made: it is denied, and no first attempt. */
  private static void goMicro(OtlpSpan span, AgentSpan to) {
    String block = span.text("agent.guardrail.block", "agent.refusal");
    if (block != null && !block.equals("false")) {
      to.setOutcome(Outcome.DENIED);
      to.setErrorType(null);
      to.setVerdict(Verdict.DENY);
      to.setEnforced(Verdict.DENY);
      to.setPolicyRule(span.text("agent.guardrail.block") == null ? "refusal" : "guardrail");
      to.setAttempt(null);
    }
  }

  private static void hermes(OtlpSpan span, AgentSpan to) {
    String outcome = span.text("hermes.tool.outcome");
    if (outcome != null && to.getKind() == SpanKind.TOOL) {
      to.setOutcome(OUTCOMES.getOrDefault(outcome, to.getOutcome()));
    }
    Boolean granted = span.flag("hermes.approval.granted");
    String choice = span.text("hermes.approval.choice");
    if (granted == null && choice == null) {
      return;
    }
    boolean timedOut = Boolean.TRUE.equals(span.flag("hermes.approval.timed_out"));
    HumanDecision said = CHOICES.getOrDefault(String.valueOf(choice), HumanDecision.UNKNOWN);
    HumanDecision flagged =
        granted == null ? said : granted ? HumanDecision.APPROVED : HumanDecision.REJECTED;
    decide(timedOut ? HumanDecision.TIMED_OUT : flagged, to);
    to.setPolicyRule(span.text("hermes.approval.pattern_key"));
    Long waitedMs = span.number("hermes.approval.duration_ms");
    if (waitedMs != null && waitedMs >= 0 && waitedMs <= to.getEndMs()) {
      to.setDecisionRequestedMs(to.getEndMs() - waitedMs);
      to.setDecisionDecidedMs(to.getEndMs());
    }
  }

  private static void phoenix(OtlpSpan span, AgentSpan to) {
    String decision = span.text("pxi.approval.decision");
    if (decision != null) {
      decide(CHOICES.getOrDefault(decision, HumanDecision.UNKNOWN), to);
    }
  }

  private static void decide(HumanDecision decision, AgentSpan to) {
    to.setHumanDecision(decision);
    if (to.getKind() != SpanKind.TOOL) {
      to.setKind(SpanKind.HUMAN);
    } else if (decision == HumanDecision.REJECTED) {
      to.setOutcome(Outcome.REJECTED);
    }
  }
}
