package dev.tidemark.bench.baseline;

import dev.tidemark.records.AgentSpan;
import java.util.List;

/** What one linked attempt adds to the windows of its series; with sign -1, what it takes back. */
final class AttemptCounts {
  private AttemptCounts() {}

  static void add(SpanFact fact, Link link, int sign, long arrivalMs, Windows windows) {
    List<Series> series = fact.series();
    for (int i = 0; i < series.size(); i++) {
      WindowTotals totals = windows.at(series.get(i), fact.endMs(), arrivalMs);
      if (fact.isTool() || i == 0) {
        attempt(totals, fact, link, sign);
        cluster(totals, fact, link, link.before().get(i), sign);
        exemplars(totals, fact, link, sign);
      }
      if (fact.isModel()) {
        usage(totals, fact, sign);
        if (i > 0) {
          totals.add(Counter.MODEL_CALLS, sign);
          totals.add(Counter.MODEL_ERRORS, fact.failed() ? sign : 0);
        }
      }
      totals.addCompleteness(sign, fact.late() ? sign : 0, 0);
    }
    if (fact.span().getPolicyRule() != null) {
      policy(fact, sign, windows.at(policySeries(fact), fact.endMs(), arrivalMs));
    }
  }

  private static Series policySeries(SpanFact fact) {
    return fact.scope().policy(fact.span().getPolicyRule());
  }

  private static void policy(SpanFact fact, int sign, WindowTotals totals) {
    totals.add(Counter.ATTEMPTS, sign);
    totals.add(fact.denied() ? Counter.POLICY_DENIED : Counter.POLICY_ALLOWED, sign);
    totals.add(Counter.DENIED, fact.denied() ? sign : 0);
    totals.addCompleteness(sign, fact.late() ? sign : 0, 0);
    totals.addExemplar(exemplar(fact, fact.denied() ? "denied" : "ok"), sign);
  }

  private static void attempt(WindowTotals totals, SpanFact fact, Link link, int sign) {
    AgentSpan span = fact.span();
    totals.add(Counter.ATTEMPTS, sign);
    totals.add(Counter.OPERATIONS, link.operationStart() ? sign : 0);
    if (link.retry()) {
      totals.add(Counter.RETRIES, sign);
      totals.add(originCounter(link), sign);
    }
    totals.add(Counter.RECOVERED_OPERATIONS, link.recovered() ? sign : 0);
    totals.add(Counter.IDENTICAL, link.identical() ? sign : 0);
    totals.add(Counter.REPEATS, link.repeat() ? sign : 0);
    outcome(totals, fact, sign);
    if (span.getDurationUs() == null) {
      totals.add(Counter.DURATION_UNKNOWN, sign);
    } else {
      totals.addLatency(span.getDurationUs(), sign);
    }
    if (fact.failed()) {
      totals.addError(span.getErrorType() == null ? Series.UNKNOWN : span.getErrorType(), sign);
    }
    if (fact.denied()) {
      totals.addDenial(span.getPolicyRule() == null ? Series.UNKNOWN : span.getPolicyRule(), sign);
    }
    if (span.getDecisionRequestedMs() != null && span.getDecisionDecidedMs() != null) {
      long wait = span.getDecisionDecidedMs() - span.getDecisionRequestedMs();
      totals.addHumanWait(Math.max(0, wait) * 1000, sign);
    }
  }

  private static Counter originCounter(Link link) {
    return switch (link.origin()) {
      case DECLARED -> Counter.RETRIES_DECLARED;
      case SAME_CALL_ID -> Counter.RETRIES_SAME_CALL_ID;
      case INFERRED_EXACT -> Counter.RETRIES_INFERRED_EXACT;
      case INFERRED_REPAIR -> Counter.RETRIES_INFERRED_REPAIR;
      case NONE, UNKNOWN -> throw new IllegalStateException("not a retry: " + link.origin());
    };
  }

  private static void outcome(WindowTotals totals, SpanFact fact, int sign) {
    switch (fact.span().getOutcome()) {
      case OK -> totals.add(Counter.OK, sign);
      case ERROR, TOOL_ERROR -> totals.add(Counter.ERRORS, sign);
      case TIMEOUT -> {
        totals.add(Counter.ERRORS, sign);
        totals.add(Counter.TIMEOUTS, sign);
      }
      case DENIED -> totals.add(Counter.DENIED, sign);
      case REJECTED -> totals.add(Counter.REJECTED, sign);
      case AWAITING_HUMAN -> totals.add(Counter.AWAITING_HUMAN, sign);
      case CANCELLED -> totals.add(Counter.CANCELLED, sign);
      case UNKNOWN -> totals.add(Counter.UNKNOWN_OUTCOME, sign);
    }
  }

  private static void usage(WindowTotals totals, SpanFact fact, int sign) {
    AgentSpan span = fact.span();
    if (span.getInputTokens() == null && span.getOutputTokens() == null) {
      totals.add(Counter.TOKENS_UNKNOWN, sign);
    }
    totals.add(Counter.INPUT_TOKENS, orZero(span.getInputTokens()) * sign);
    totals.add(Counter.OUTPUT_TOKENS, orZero(span.getOutputTokens()) * sign);
    totals.add(Counter.CACHE_READ_TOKENS, orZero(span.getCacheReadTokens()) * sign);
    totals.add(Counter.CACHE_WRITE_TOKENS, orZero(span.getCacheWriteTokens()) * sign);
    totals.add(Counter.REASONING_TOKENS, orZero(span.getReasoningTokens()) * sign);
    if (span.getCostMicros() == null) {
      totals.add(Counter.COST_UNKNOWN, sign);
    } else {
      totals.addCost(span.getCostMicros(), currency(span), sign);
    }
  }

  static String currency(AgentSpan span) {
    return span.getCostCurrency() == null ? "USD" : span.getCostCurrency();
  }

  static long orZero(Long value) {
    return value == null ? 0 : value;
  }

  private static void cluster(
      WindowTotals totals, SpanFact fact, Link link, Link.Before before, int sign) {
    totals.addClusters(
        ClusterIncrements.ofAttempt(
            before.attempts(),
            before.retries(),
            before.errors(),
            before.denied(),
            before.identicals(),
            link.retry(),
            fact.failed(),
            fact.denied(),
            link.identical()),
        sign);
  }

  private static void exemplars(WindowTotals totals, SpanFact fact, Link link, int sign) {
    if (link.retry()) {
      totals.addExemplar(exemplar(fact, "retry"), sign);
    }
    if (link.recovered()) {
      totals.addExemplar(exemplar(fact, "recovered"), sign);
    }
    if (link.identical()) {
      totals.addExemplar(exemplar(fact, "identical"), sign);
    }
    if (fact.troubled()) {
      totals.addExemplar(exemplar(fact, fact.denied() ? "denied" : "error"), sign);
    } else if (fact.ok()) {
      totals.addExemplar(exemplar(fact, "ok"), sign);
    }
  }

  private static Candidate exemplar(SpanFact fact, String category) {
    String trace = fact.span().getTraceId();
    return new Candidate(category, trace, fact.id(), fact.endMs(), TraceHash.of(trace));
  }
}
