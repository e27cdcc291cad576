package dev.tidemark.core.run;

import dev.tidemark.records.Actor;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.HumanDecision;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts the facts of one run into its summary. */
final class RunTally {
  private final AgentRun r;
  private final Map<String, Integer> errorTypes = new TreeMap<>();
  private final Map<String, Integer> deniedByRule = new TreeMap<>();
  private final Map<String, Double> scores = new TreeMap<>();
  private final Map<String, Long> requested = new HashMap<>();
  private Long toolUs;
  private Long modelUs;
  private Long wastedUs;
  private Long waitMs;

  RunTally(AgentRun run) {
    this.r = run;
  }

  void count(RunState run) {
    for (SpanFact fact : run.spans()) {
      Link link = run.link(fact);
      r.setLate(r.getLate() + (fact.late() ? 1 : 0));
      String parent = fact.span().getParentSpanId();
      r.setOrphans(r.getOrphans() + (parent != null && run.span(parent) == null ? 1 : 0));
      if (link != null && fact.isTool()) {
        tool(fact, link);
      } else if (link != null) {
        model(fact, link);
      } else {
        other(fact.span());
      }
      enforcement(fact);
    }
    run.events().forEach(this::event);
    r.setErrorTypes(errorTypes);
    r.setDeniedByRule(deniedByRule);
    r.setScores(scores);
    r.setToolMs(toolUs == null ? null : toolUs / 1000);
    r.setModelMs(modelUs == null ? null : modelUs / 1000);
    r.setWastedMs(wastedUs == null ? null : wastedUs / 1000);
    r.setHumanWaitMs(waitMs);
  }

  private void tool(SpanFact fact, Link link) {
    r.setToolCalls(r.getToolCalls() + 1);
    r.setUserCalls(r.getUserCalls() + (fact.actor() == Actor.USER ? 1 : 0));
    r.setToolErrors(r.getToolErrors() + (fact.failed() ? 1 : 0));
    r.setToolDenied(r.getToolDenied() + (fact.denied() ? 1 : 0));
    boolean rejected = fact.span().getOutcome() == Outcome.REJECTED;
    r.setToolRejected(r.getToolRejected() + (rejected ? 1 : 0));
    r.setIdenticalCalls(r.getIdenticalCalls() + (link.identical() ? 1 : 0));
    r.setRepeats(r.getRepeats() + (link.repeat() ? 1 : 0));
    r.setRecoveredOperations(r.getRecoveredOperations() + (link.recovered() ? 1 : 0));
    retry(link);
    if (fact.failed()) {
      String type = fact.span().getErrorType();
      errorTypes.merge(type == null ? "unknown" : type, 1, Integer::sum);
    }
    Long duration = fact.span().getDurationUs();
    toolUs = plus(toolUs, duration);
    wastedUs = plus(wastedUs, duration == null ? null : fact.troubled() ? duration : 0L);
  }

  private void retry(Link link) {
    r.setRetries(r.getRetries() + (link.retry() ? 1 : 0));
    switch (link.origin()) {
      case DECLARED -> r.setRetriesDeclared(r.getRetriesDeclared() + 1);
      case SAME_CALL_ID -> r.setRetriesSameCallId(r.getRetriesSameCallId() + 1);
      case INFERRED_EXACT -> r.setRetriesInferredExact(r.getRetriesInferredExact() + 1);
      case INFERRED_REPAIR -> r.setRetriesInferredRepair(r.getRetriesInferredRepair() + 1);
      case NONE, UNKNOWN -> {}
    }
  }

  private void model(SpanFact fact, Link link) {
    AgentSpan span = fact.span();
    r.setModelCalls(r.getModelCalls() + 1);
    r.setModelErrors(r.getModelErrors() + (fact.failed() ? 1 : 0));
    r.setModelRetries(r.getModelRetries() + (link.retry() ? 1 : 0));
    modelUs = plus(modelUs, span.getDurationUs());
    boolean told = span.getInputTokens() != null || span.getOutputTokens() != null;
    r.setTokensUnknown(r.getTokensUnknown() + (told ? 0 : 1));
    r.setInputTokens(r.getInputTokens() + AttemptCounts.orZero(span.getInputTokens()));
    r.setOutputTokens(r.getOutputTokens() + AttemptCounts.orZero(span.getOutputTokens()));
    r.setCacheReadTokens(r.getCacheReadTokens() + AttemptCounts.orZero(span.getCacheReadTokens()));
    r.setCacheWriteTokens(
        r.getCacheWriteTokens() + AttemptCounts.orZero(span.getCacheWriteTokens()));
    r.setReasoningTokens(r.getReasoningTokens() + AttemptCounts.orZero(span.getReasoningTokens()));
    if (span.getCostMicros() == null) {
      r.setCostUnknown(r.getCostUnknown() + 1);
    } else {
      r.setCostMicros(r.getCostMicros() + span.getCostMicros());
      String code = AttemptCounts.currency(span);
      boolean same = r.getCostCurrency() == null || r.getCostCurrency().equals(code);
      r.setCostCurrency(same ? code : "mixed");
    }
  }

  private void other(AgentSpan span) {
    if (span.getKind() == SpanKind.HANDOFF) {
      r.setHandoffs(r.getHandoffs() + 1);
    }
    if (span.getKind() == SpanKind.HUMAN) {
      r.setHumanRequests(r.getHumanRequests() + 1);
    }
  }

  private void enforcement(SpanFact fact) {
    AgentSpan span = fact.span();
    boolean denies = fact.denied() || span.getVerdict() == Verdict.DENY;
    if (denies) {
      r.setPolicyDenied(r.getPolicyDenied() + 1);
    }
    if (fact.denied()) {
      String rule = span.getPolicyRule();
      deniedByRule.merge(rule == null ? "unknown" : rule, 1, Integer::sum);
    }
    decide(span.getHumanDecision());
    if (span.getDecisionRequestedMs() != null && span.getDecisionDecidedMs() != null) {
      long wait = span.getDecisionDecidedMs() - span.getDecisionRequestedMs();
      waitMs = plus(waitMs, Math.max(0, wait));
    }
  }

  private void decide(HumanDecision decision) {
    if (decision == null) {
      return;
    }
    switch (decision) {
      case APPROVED -> r.setHumanApproved(r.getHumanApproved() + 1);
      case REJECTED -> r.setHumanRejected(r.getHumanRejected() + 1);
      case OVERRIDDEN, EDITED -> r.setHumanOverridden(r.getHumanOverridden() + 1);
      case TIMED_OUT, UNKNOWN -> {}
    }
  }

  private void event(EventFact fact) {
    AgentEvent event = fact.event();
    r.setLate(r.getLate() + (fact.late() ? 1 : 0));
    switch (event.getType()) {
      case RETRY -> r.setModelRetries(r.getModelRetries() + Math.max(0, event.getCount()));
      case HANDOFF -> r.setHandoffs(r.getHandoffs() + 1);
      case APPROVAL_REQUESTED -> {
        r.setHumanRequests(r.getHumanRequests() + 1);
        if (event.getDecisionId() != null) {
          requested.putIfAbsent(event.getDecisionId(), event.getTimeMs());
        }
      }
      case APPROVAL_DECIDED -> {
        decide(event.getHumanDecision());
        Long since = event.getDecisionId() == null ? null : requested.remove(event.getDecisionId());
        waitMs = plus(waitMs, since == null ? null : event.getTimeMs() - since);
      }
      case GUARDRAIL_DECISION ->
          r.setPolicyDenied(r.getPolicyDenied() + (event.getVerdict() == Verdict.DENY ? 1 : 0));
      case EVALUATION, FEEDBACK -> score(event);
      case FALLBACK, CHECKPOINT, EXCEPTION, UNKNOWN -> {}
    }
  }

  private void score(AgentEvent event) {
    Double score = event.getScore();
    if (score != null && !score.isNaN() && !score.isInfinite()) {
      scores.put(event.getName(), score);
    } else if (event.getPassed() != null) {
      scores.put(event.getName(), event.getPassed() ? 1.0 : 0.0);
    }
  }

  private static Long plus(Long sum, Long value) {
    return value == null ? sum : Long.valueOf((sum == null ? 0 : sum) + value);
  }
}
