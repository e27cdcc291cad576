package dev.tidemark.core.run;

import dev.tidemark.core.window.Counter;
import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.WindowTotals;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.HumanDecision;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * What events, and spans that are no attempts, add to windows; with sign -1, what they take back.
 */
final class EventCounts {
  private EventCounts() {}

  static void add(EventFact fact, int sign, long arrivalMs, Windows windows) {
    AgentEvent event = fact.event();
    for (Series series : series(fact)) {
      WindowTotals totals = windows.at(series, event.getTimeMs(), arrivalMs);
      totals.addCompleteness(sign, fact.late() ? sign : 0, 0);
      switch (event.getType()) {
        case EVALUATION -> score(totals, event, sign);
        case FEEDBACK -> {
          totals.add(Counter.FEEDBACK, sign);
          score(totals, event, sign);
        }
        case HANDOFF -> totals.add(Counter.HANDOFFS, sign);
        case APPROVAL_REQUESTED -> totals.add(Counter.HUMAN_REQUESTS, sign);
        case APPROVAL_DECIDED -> decision(totals, event.getHumanDecision(), sign);
        case GUARDRAIL_DECISION -> verdict(totals, event.getVerdict(), sign);
        case RETRY, FALLBACK, CHECKPOINT, EXCEPTION, UNKNOWN -> {}
      }
    }
  }

  static void add(SpanFact fact, int sign, long arrivalMs, Windows windows) {
    AgentSpan span = fact.span();
    SpanKind kind = span.getKind();
    if (kind == SpanKind.GUARDRAIL && span.getPolicyRule() != null) {
      Series policy = fact.scope().policy(span.getPolicyRule());
      WindowTotals totals = windows.at(policy, fact.endMs(), arrivalMs);
      totals.addCompleteness(sign, fact.late() ? sign : 0, 0);
      verdict(totals, span.getVerdict(), sign);
    } else if (kind == SpanKind.HANDOFF || kind == SpanKind.HUMAN) {
      for (Series series : List.of(fact.scope().agent(), fact.scope().fleet())) {
        WindowTotals totals = windows.at(series, fact.endMs(), arrivalMs);
        totals.addCompleteness(sign, fact.late() ? sign : 0, 0);
        if (kind == SpanKind.HANDOFF) {
          totals.add(Counter.HANDOFFS, sign);
        } else {
          totals.add(Counter.HUMAN_REQUESTS, sign);
          decision(totals, span.getHumanDecision(), sign);
        }
      }
    }
  }

  private static List<Series> series(EventFact fact) {
    AgentEvent event = fact.event();
    Series.Scope scope = fact.scope();
    List<Series> series = new ArrayList<>(List.of(scope.agent(), scope.fleet()));
    if (event.getToolName() != null) {
      series.add(scope.tool(event.getToolName(), event.getToolVersion()));
    }
    if (event.getPolicyRule() != null) {
      series.add(scope.policy(event.getPolicyRule()));
    }
    return series;
  }

  private static void score(WindowTotals totals, AgentEvent event, int sign) {
    Double score = event.getScore();
    boolean finite = score != null && !score.isNaN() && !score.isInfinite();
    Long micros = finite ? (Long) StrictMath.round(score * 1e6) : null;
    totals.addScore(event.getName(), event.getPassed(), micros, sign);
  }

  private static void decision(WindowTotals totals, HumanDecision decision, int sign) {
    if (decision == null) {
      return;
    }
    switch (decision) {
      case APPROVED -> totals.add(Counter.HUMAN_APPROVED, sign);
      case REJECTED -> totals.add(Counter.HUMAN_REJECTED, sign);
      case OVERRIDDEN, EDITED -> totals.add(Counter.HUMAN_OVERRIDDEN, sign);
      case TIMED_OUT -> totals.add(Counter.HUMAN_TIMED_OUT, sign);
      case UNKNOWN -> {}
    }
  }

  private static void verdict(WindowTotals totals, Verdict verdict, int sign) {
    if (verdict == null) {
      return;
    }
    switch (verdict) {
      case ALLOW, WARN -> totals.add(Counter.POLICY_ALLOWED, sign);
      case DENY -> totals.add(Counter.POLICY_DENIED, sign);
      case ESCALATE -> totals.add(Counter.HUMAN_REQUESTS, sign);
      case UNKNOWN -> {}
    }
  }
}
