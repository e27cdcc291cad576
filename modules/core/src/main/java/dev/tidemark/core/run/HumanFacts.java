package dev.tidemark.core.run;

import dev.tidemark.core.human.DecisionKey;
import dev.tidemark.core.human.HumanFact;
import dev.tidemark.core.window.Series;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.EventType;
import dev.tidemark.records.Outcome;

/**
 * What a record says of human requests and decisions. A span that tells both times has its wait
 * counted with its attempt and says nothing here. One that waits for a human, or tells when one was
 * asked, is a request; one that tells a decision or its time is a decision.
 */
final class HumanFacts {
  private HumanFacts() {}

  static void tell(RunState run, SpanFact span, int sign, long causeMs, Windows windows) {
    Enforcement said = span.enforcement;
    boolean awaits = span.outcome == Outcome.AWAITING_HUMAN;
    if ((!awaits && !said.byHuman()) || said.waitMs() >= 0) {
      return;
    }
    DecisionKey key =
        DecisionKey.of(
            span.scope.scope().tenant(),
            said.decisionId(),
            span.callId,
            DecisionKey.hash(span.conversationId));
    if (key == null) {
      return;
    }
    if (awaits || said.requestedMs() >= 0) {
      long askedMs = said.requestedMs() >= 0 ? said.requestedMs() : span.endMs;
      windows.human(fact(run, span, key, false, askedMs), sign, causeMs);
    }
    if (!awaits && (said.decision() != null || said.decidedMs() >= 0)) {
      long decidedMs = said.decidedMs() >= 0 ? said.decidedMs() : span.endMs;
      windows.human(fact(run, span, key, true, decidedMs), sign, causeMs);
    }
  }

  static void tell(RunState run, EventFact fact, int sign, long causeMs, Windows windows) {
    AgentEvent event = fact.event();
    boolean decision = event.getType() == EventType.APPROVAL_DECIDED;
    if (!decision && event.getType() != EventType.APPROVAL_REQUESTED) {
      return;
    }
    DecisionKey key =
        DecisionKey.of(
            fact.scope().scope().tenant(),
            DecisionKey.hash(event.getDecisionId()),
            DecisionKey.hash(event.getToolCallId()),
            DecisionKey.hash(event.getConversationId()));
    if (key == null) {
      return;
    }
    windows.human(
        new HumanFact(
            key,
            decision,
            event.getTimeMs(),
            event.getTimeMs(),
            run.traceHigh(),
            run.traceLow(),
            true,
            event.getEventId(),
            fact.scope().scope(),
            decision ? null : event.getToolName(),
            decision ? null : event.getToolVersion()),
        sign,
        causeMs);
  }

  private static HumanFact fact(
      RunState run, SpanFact span, DecisionKey key, boolean decision, long atMs) {
    Series tool = decision || !span.isTool() ? null : span.subject.series();
    return new HumanFact(
        key,
        decision,
        atMs,
        span.endMs,
        run.traceHigh(),
        run.traceLow(),
        false,
        span.idText(),
        span.scope.scope(),
        tool == null ? null : tool.name(),
        tool == null ? null : tool.toolVersion());
  }
}
