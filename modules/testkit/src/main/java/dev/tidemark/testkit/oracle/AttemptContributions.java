package dev.tidemark.testkit.oracle;

import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SeriesKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What the attempts of one run add to windows. */
final class AttemptContributions {
  private final List<Contribution> contributions = new ArrayList<>();

  private final DenialChain denials;

  private AttemptContributions(DenialChain denials) {
    this.denials = denials;
  }

  static List<Contribution> of(List<Attempt> attempts, DenialChain denials) {
    AttemptContributions all = new AttemptContributions(denials);
    for (int i = 0; i < attempts.size(); i++) {
      all.add(attempts.get(i), attempts.subList(0, i));
    }
    return all.contributions;
  }

  private void add(Attempt attempt, List<Attempt> earlier) {
    SpanFact fact = attempt.fact();
    for (SeriesKey series : attempt.series()) {
      to(series, fact, sum -> sum.record(fact.late()));
      if (fact.model()) {
        to(series, fact, sum -> usage(sum, fact.span()));
        if (!attempt.countedIn().contains(series)) {
          to(series, fact, sum -> sum.one("modelCalls"));
          to(series, fact, sum -> sum.oneIf(fact.failed(), "modelErrors"));
        }
      }
    }
    for (SeriesKey series : attempt.countedIn()) {
      List<Attempt> before = earlier.stream().filter(a -> a.countedIn().contains(series)).toList();
      to(series, fact, sum -> sum.clusters().grow(before, attempt));
      to(series, fact, sum -> classified(sum, attempt));
      to(series, fact, sum -> ended(sum, fact, denials.rule(fact)));
      to(series, fact, sum -> exemplars(sum, attempt));
    }
    parts(attempt);
    String rule = denials.rule(fact);
    if (rule != null) {
      boolean retold = denials.retold(fact);
      to(SeriesKeys.of(fact.span()).policy(rule), fact, sum -> policy(sum, fact, retold));
    }
  }

  private void parts(Attempt attempt) {
    SpanFact fact = attempt.fact();
    List<SeriesKey> series = attempt.series();
    to(series.get(1), fact, sum -> sum.part(PartNames.called(fact)).attempt(attempt));
    if (fact.tool()) {
      to(series.get(0), fact, sum -> sum.part(PartNames.actor(fact)).attempt(attempt));
      to(series.get(2), fact, sum -> sum.part(PartNames.agent(fact)).attempt(attempt));
    }
  }

  private void to(SeriesKey series, SpanFact fact, Consumer<WindowSum> adds) {
    contributions.add(new Contribution(series, fact.endMs(), adds));
  }

  private static void classified(WindowSum sum, Attempt attempt) {
    sum.one("attempts");
    sum.oneIf(attempt.first(), "operations");
    sum.oneIf(attempt.retry(), "retries");
    switch (attempt.origin()) {
      case DECLARED -> sum.one("retriesDeclared");
      case SAME_CALL_ID -> sum.one("retriesSameCallId");
      case INFERRED_EXACT -> sum.one("retriesInferredExact");
      case INFERRED_REPAIR -> sum.one("retriesInferredRepair");
      case NONE, UNKNOWN -> {}
    }
    sum.oneIf(attempt.recovered(), "recoveredOperations");
    sum.oneIf(attempt.identical(), "identical");
    sum.oneIf(attempt.repeat(), "repeats");
  }

  private static void ended(WindowSum sum, SpanFact fact, String rule) {
    AgentSpan span = fact.span();
    switch (span.getOutcome()) {
      case OK -> sum.one("ok");
      case ERROR, TOOL_ERROR, TIMEOUT -> sum.one("errors");
      case DENIED -> sum.one("denied");
      case REJECTED -> sum.one("rejected");
      case AWAITING_HUMAN -> sum.one("awaitingHuman");
      case CANCELLED -> sum.one("cancelled");
      case UNKNOWN -> sum.one("unknownOutcome");
    }
    sum.oneIf(span.getOutcome() == Outcome.TIMEOUT, "timeouts");
    if (fact.failed()) {
      sum.error(SeriesKeys.told(span.getErrorType()));
    }
    if (fact.denied()) {
      sum.denial(SeriesKeys.told(rule));
    }
    sum.oneIf(span.getDurationUs() == null, "durationUnknown");
    if (span.getDurationUs() != null) {
      sum.sketch("latency", span.getDurationUs());
    }
    if (span.getDecisionRequestedMs() != null && span.getDecisionDecidedMs() != null) {
      long waitMs = span.getDecisionDecidedMs() - span.getDecisionRequestedMs();
      sum.sketch("humanWait", Math.max(0, waitMs) * 1000);
    }
  }

  private static void usage(WindowSum sum, AgentSpan span) {
    boolean unknown = span.getInputTokens() == null && span.getOutputTokens() == null;
    sum.oneIf(unknown, "tokensUnknown");
    sum.add("inputTokens", orZero(span.getInputTokens()));
    sum.add("outputTokens", orZero(span.getOutputTokens()));
    sum.add("cacheReadTokens", orZero(span.getCacheReadTokens()));
    sum.add("cacheWriteTokens", orZero(span.getCacheWriteTokens()));
    sum.add("reasoningTokens", orZero(span.getReasoningTokens()));
    if (span.getInputTokens() != null) {
      sum.sketch("tokensIn", span.getInputTokens());
    }
    if (span.getOutputTokens() != null) {
      sum.sketch("tokensOut", span.getOutputTokens());
    }
    sum.oneIf(span.getCostMicros() == null, "costUnknown");
    if (span.getCostMicros() != null) {
      String currency = span.getCostCurrency() == null ? "USD" : span.getCostCurrency();
      sum.cost(span.getCostMicros(), currency);
    }
  }

  private static void policy(WindowSum sum, SpanFact fact, boolean retold) {
    sum.record(fact.late());
    sum.one("attempts");
    sum.oneIf(!fact.denied(), "policyAllowed");
    sum.oneIf(fact.denied() && !retold, "policyDenied");
    sum.oneIf(fact.denied(), "denied");
    sum.shows(fact.denied() ? "denied" : "ok", fact.traceId());
  }

  private static void exemplars(WindowSum sum, Attempt attempt) {
    SpanFact fact = attempt.fact();
    sum.showsIf(attempt.retry(), "retry", fact.traceId());
    sum.showsIf(attempt.recovered(), "recovered", fact.traceId());
    sum.showsIf(attempt.identical(), "identical", fact.traceId());
    sum.showsIf(fact.failed(), "error", fact.traceId());
    sum.showsIf(fact.denied(), "denied", fact.traceId());
    sum.showsIf(fact.ok(), "ok", fact.traceId());
  }

  private static long orZero(Long amount) {
    return amount == null ? 0 : amount;
  }
}
