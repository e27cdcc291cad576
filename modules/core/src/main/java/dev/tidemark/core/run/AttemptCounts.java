package dev.tidemark.core.run;

import dev.tidemark.core.window.ClusterIncrements;
import dev.tidemark.core.window.Counter;
import dev.tidemark.core.window.Quantity;
import dev.tidemark.core.window.SeriesNode;
import dev.tidemark.core.window.Shows;
import dev.tidemark.core.window.WindowTotals;
import dev.tidemark.records.Actor;
import java.util.Locale;

/** What one linked attempt adds to the windows of its series; with sign -1, what it takes back. */
final class AttemptCounts {
  private AttemptCounts() {}

  /** Adds what does not depend on the attempts before it. */
  static void add(SpanFact fact, int links, int sign, long causeMs, Windows windows) {
    WindowTotals totals = windows.at(fact.subject, fact.endMs, causeMs);
    attempt(totals, fact, links, sign);
    if (fact.usage != null) {
      usage(totals, fact.usage, sign);
    }
    if (fact.isTool() && fact.actor != Actor.AGENT) {
      String actor = fact.actor.name().toLowerCase(Locale.ROOT);
      totals.addCall(actor, Links.events(fact, links), fact.durationUs, sign);
    }
    totals.addCompleteness(sign, fact.late ? sign : 0, 0);
    if (fact.enforcement.policy() != null) {
      policy(fact, links, sign, causeMs, windows);
    }
  }

  /** Adds the attempt to the sums over runs of one of its series. */
  static void cluster(
      SeriesNode node,
      SpanFact fact,
      int events,
      int attempts,
      long before,
      int sign,
      long causeMs,
      Windows windows) {
    ClusterIncrements.add(windows.at(node, fact.endMs, causeMs), attempts, before, events, sign);
  }

  /** Offers the run as an exemplar of what the attempt shows. */
  static void exemplar(
      RunState run, SpanFact fact, int links, int sign, long causeMs, Windows windows) {
    WindowTotals totals = windows.at(fact.subject, fact.endMs, causeMs);
    int shows = Links.shows(fact, links);
    for (int rest = shows; rest != 0; rest &= rest - 1) {
      Shows category = Shows.at(Integer.numberOfTrailingZeros(rest));
      totals.addExemplar(category, run.traceHigh(), run.traceLow(), sign);
    }
    if (fact.enforcement.policy() != null) {
      windows
          .at(fact.enforcement.policy(), fact.endMs, causeMs)
          .addExemplar(ofPolicy(fact), run.traceHigh(), run.traceLow(), sign);
    }
  }

  static Shows ofPolicy(SpanFact fact) {
    return fact.denied() ? Shows.DENIED : Shows.OK;
  }

  private static void policy(SpanFact fact, int links, int sign, long causeMs, Windows windows) {
    WindowTotals totals = windows.at(fact.enforcement.policy(), fact.endMs, causeMs);
    totals.add(Counter.ATTEMPTS, sign);
    boolean told = (links & Links.RETOLD) == 0;
    totals.add(Counter.POLICY_ALLOWED, fact.denied() ? 0 : sign);
    totals.add(Counter.POLICY_DENIED, fact.denied() && told ? sign : 0);
    totals.add(Counter.DENIED, fact.denied() ? sign : 0);
    totals.addCompleteness(sign, fact.late ? sign : 0, 0);
  }

  private static void attempt(WindowTotals totals, SpanFact fact, int links, int sign) {
    totals.add(Counter.ATTEMPTS, sign);
    totals.add(Counter.OPERATIONS, (links & Links.START) != 0 ? sign : 0);
    if (Links.retry(links)) {
      totals.add(Counter.RETRIES, sign);
      totals.add(origin(links), sign);
    }
    totals.add(Counter.RECOVERED_OPERATIONS, (links & Links.RECOVERED) != 0 ? sign : 0);
    totals.add(Counter.IDENTICAL, (links & Links.IDENTICAL) != 0 ? sign : 0);
    totals.add(Counter.REPEATS, (links & Links.REPEAT) != 0 ? sign : 0);
    outcome(totals, fact, sign);
    if (fact.durationUs < 0) {
      totals.add(Counter.DURATION_UNKNOWN, sign);
    } else {
      totals.addLatency(fact.durationUs, sign);
    }
    if (fact.failed()) {
      totals.addError(fact.errorClass(), sign);
    }
    if (fact.denied()) {
      totals.addDenial(fact.deniedBy(), sign);
    }
    long waitMs = fact.enforcement.waitMs();
    if (waitMs >= 0) {
      totals.addHumanWait(waitMs * 1000, sign);
    }
  }

  private static Counter origin(int links) {
    return switch (Links.origin(links)) {
      case DECLARED -> Counter.RETRIES_DECLARED;
      case SAME_CALL_ID -> Counter.RETRIES_SAME_CALL_ID;
      case INFERRED_EXACT -> Counter.RETRIES_INFERRED_EXACT;
      case INFERRED_REPAIR -> Counter.RETRIES_INFERRED_REPAIR;
      case NONE, UNKNOWN -> throw new IllegalStateException("not a retry: " + links);
    };
  }

  private static void outcome(WindowTotals totals, SpanFact fact, int sign) {
    switch (fact.outcome) {
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

  private static void usage(WindowTotals totals, Usage usage, int sign) {
    totals.add(Counter.TOKENS_UNKNOWN, usage.tokensUnknown() ? sign : 0);
    totals.add(Counter.INPUT_TOKENS, Math.max(0, usage.input()) * sign);
    totals.add(Counter.OUTPUT_TOKENS, Math.max(0, usage.output()) * sign);
    totals.add(Counter.CACHE_READ_TOKENS, Math.max(0, usage.cacheRead()) * sign);
    totals.add(Counter.CACHE_WRITE_TOKENS, Math.max(0, usage.cacheWrite()) * sign);
    totals.add(Counter.REASONING_TOKENS, Math.max(0, usage.reasoning()) * sign);
    if (usage.input() >= 0) {
      totals.add(Quantity.TOKENS_IN, usage.input(), sign);
    }
    if (usage.output() >= 0) {
      totals.add(Quantity.TOKENS_OUT, usage.output(), sign);
    }
    if (usage.costMicros() < 0) {
      totals.add(Counter.COST_UNKNOWN, sign);
    } else {
      totals.addCost(usage.costMicros(), usage.currency(), sign);
    }
  }
}
