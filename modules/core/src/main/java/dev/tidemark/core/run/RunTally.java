package dev.tidemark.core.run;

import dev.tidemark.core.window.Series;
import dev.tidemark.records.Actor;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.HumanDecision;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the facts of one run into its summary. */
final class RunTally {
  /** Label of a retry that only the transport knows of. */
  private static final String TRANSPORT = "transport";

  private static final int DEEPEST = 8;
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
      r.setLate(r.getLate() + (fact.late ? 1 : 0));
      boolean orphan = fact.parentId != 0 && run.span(fact.parentId) == null;
      r.setOrphans(r.getOrphans() + (orphan ? 1 : 0));
      if (!fact.attempt()) {
        other(fact);
      } else if (fact.isTool()) {
        tool(fact);
      } else {
        model(fact);
      }
      enforcement(fact);
    }
    run.events().forEach(event -> event(run, event));
    denials(Denials.of(run).rules());
    r.setErrorTypes(errorTypes);
    r.setDeniedByRule(deniedByRule);
    r.setScores(scores);
    r.setToolMs(toolUs == null ? null : toolUs / 1000);
    r.setModelMs(modelUs == null ? null : modelUs / 1000);
    r.setWastedMs(wastedUs == null ? null : wastedUs / 1000);
    r.setHumanWaitMs(waitMs);
  }

  private void tool(SpanFact fact) {
    r.setToolCalls(r.getToolCalls() + 1);
    r.setUserCalls(r.getUserCalls() + (fact.actor == Actor.USER ? 1 : 0));
    r.setToolErrors(r.getToolErrors() + (fact.failed() ? 1 : 0));
    r.setToolDenied(r.getToolDenied() + (fact.denied() ? 1 : 0));
    boolean rejected = fact.outcome == Outcome.REJECTED;
    r.setToolRejected(r.getToolRejected() + (rejected ? 1 : 0));
    r.setIdenticalCalls(r.getIdenticalCalls() + bit(fact, Links.IDENTICAL));
    r.setRepeats(r.getRepeats() + bit(fact, Links.REPEAT));
    r.setRecoveredOperations(r.getRecoveredOperations() + bit(fact, Links.RECOVERED));
    retry(fact);
    if (fact.failed()) {
      errorTypes.merge(fact.errorClass(), 1, Integer::sum);
    }
    Long duration = fact.durationUs < 0 ? null : Long.valueOf(fact.durationUs);
    toolUs = plus(toolUs, duration);
    wastedUs = plus(wastedUs, duration == null ? null : fact.troubled() ? duration : 0L);
  }

  private static int bit(SpanFact fact, int bit) {
    return (fact.links & bit) != 0 ? 1 : 0;
  }

  private void retry(SpanFact fact) {
    r.setRetries(r.getRetries() + (fact.retry() ? 1 : 0));
    switch (fact.origin()) {
      case DECLARED -> r.setRetriesDeclared(r.getRetriesDeclared() + 1);
      case SAME_CALL_ID -> r.setRetriesSameCallId(r.getRetriesSameCallId() + 1);
      case INFERRED_EXACT -> r.setRetriesInferredExact(r.getRetriesInferredExact() + 1);
      case INFERRED_REPAIR -> r.setRetriesInferredRepair(r.getRetriesInferredRepair() + 1);
      case NONE, UNKNOWN -> {}
    }
  }

  private void model(SpanFact fact) {
    Usage usage = fact.usage;
    r.setModelCalls(r.getModelCalls() + 1);
    r.setModelErrors(r.getModelErrors() + (fact.failed() ? 1 : 0));
    r.setModelRetries(r.getModelRetries() + (fact.retry() ? 1 : 0));
    modelUs = plus(modelUs, fact.durationUs < 0 ? null : Long.valueOf(fact.durationUs));
    r.setTokensUnknown(r.getTokensUnknown() + (usage.tokensUnknown() ? 1 : 0));
    r.setInputTokens(r.getInputTokens() + Math.max(0, usage.input()));
    r.setOutputTokens(r.getOutputTokens() + Math.max(0, usage.output()));
    r.setCacheReadTokens(r.getCacheReadTokens() + Math.max(0, usage.cacheRead()));
    r.setCacheWriteTokens(r.getCacheWriteTokens() + Math.max(0, usage.cacheWrite()));
    r.setReasoningTokens(r.getReasoningTokens() + Math.max(0, usage.reasoning()));
    if (usage.costMicros() < 0) {
      r.setCostUnknown(r.getCostUnknown() + 1);
    } else {
      r.setCostMicros(r.getCostMicros() + usage.costMicros());
      String code = usage.currency();
      boolean same = r.getCostCurrency() == null || r.getCostCurrency().equals(code);
      r.setCostCurrency(same ? code : "mixed");
    }
  }

  private void other(SpanFact fact) {
    if (fact.kind == SpanKind.HANDOFF) {
      r.setHandoffs(r.getHandoffs() + 1);
    }
    if (fact.kind == SpanKind.HUMAN) {
      r.setHumanRequests(r.getHumanRequests() + 1);
    }
  }

  /** Steps and runs around it only repeat what was denied. */
  private void denials(List<List<String>> denials) {
    r.setPolicyDenied(r.getPolicyDenied() + denials.size());
    for (List<String> rules : denials) {
      List<String> named = rules.isEmpty() ? List.of(Series.UNKNOWN) : rules;
      named.forEach(rule -> deniedByRule.merge(rule, 1, Integer::sum));
    }
  }

  private void enforcement(SpanFact fact) {
    Enforcement enforcement = fact.enforcement;
    boolean unenforced = enforcement.verdict() == Verdict.DENY && !Denials.tells(fact);
    r.setPolicyDenied(r.getPolicyDenied() + (unenforced ? 1 : 0));
    decide(enforcement.decision());
    long wait = enforcement.waitMs();
    if (wait >= 0) {
      waitMs = plus(waitMs, wait);
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

  private void event(RunState run, EventFact fact) {
    AgentEvent event = fact.event();
    r.setLate(r.getLate() + (fact.late() ? 1 : 0));
    switch (event.getType()) {
      case RETRY -> {
        boolean ofModel = !TRANSPORT.equals(event.getLabel()) || insideModel(run, event);
        r.setModelRetries(r.getModelRetries() + (ofModel ? Math.max(0, event.getCount()) : 0));
      }
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
      case GUARDRAIL_DECISION -> {
        boolean shadow = event.getVerdict() == Verdict.DENY && !Denials.judges(fact);
        r.setPolicyDenied(r.getPolicyDenied() + (shadow ? 1 : 0));
      }
      case EVALUATION, FEEDBACK -> score(event);
      case FALLBACK, CHECKPOINT, EXCEPTION, CAPTURE_LOSS, UNKNOWN -> {}
    }
  }

  /** Whether the request that was sent again was that of a model call. */
  private static boolean insideModel(RunState run, AgentEvent event) {
    SpanFact at = event.getSpanId() == null ? null : run.span(SpanFacts.id(event.getSpanId()));
    for (int depth = 0; depth < DEEPEST && at != null && !at.isModel(); depth++) {
      at = at.parentId == 0 ? null : run.span(at.parentId);
    }
    return at != null && at.isModel();
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
