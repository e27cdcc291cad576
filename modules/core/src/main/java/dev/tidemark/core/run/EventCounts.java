package dev.tidemark.core.run;

import dev.tidemark.core.window.Counter;
import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.SeriesNode;
import dev.tidemark.core.window.WindowTotals;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.EventType;
import dev.tidemark.records.HumanDecision;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.Verdict;

/**
 * What events, and spans that are no attempts, add to windows; with sign -1, what they take back.
 */
final class EventCounts {
  private EventCounts() {}

  /**
   * @param retold whether a denial it tells was told before
   */
  static void add(EventFact fact, boolean retold, int sign, long causeMs, Windows windows) {
    if (fact.event().getType() == EventType.CAPTURE_LOSS) {
      lost(fact, sign, causeMs, windows);
      return;
    }
    add(fact, fact.subject(), sign, causeMs, windows);
    version(fact, sign, causeMs, windows);
    SeriesNode policy = fact.policy();
    if (policy != null) {
      add(fact, policy, sign, causeMs, windows);
      if (retold) {
        retell(fact, -sign, causeMs, windows);
      }
    }
  }

  /** Counts the denial that an event tells, or with sign -1 takes it back. */
  static void retell(EventFact fact, int sign, long causeMs, Windows windows) {
    if (fact.policy() != null) {
      long timeMs = fact.event().getTimeMs();
      windows.at(fact.policy(), timeMs, causeMs).add(Counter.POLICY_DENIED, sign);
    }
  }

  /** Counts the denial that a guardrail tells, or with sign -1 takes it back. */
  static void retell(SpanFact guard, int sign, long causeMs, Windows windows) {
    SeriesNode policy = guard.enforcement.policy();
    if (policy != null) {
      windows.at(policy, guard.endMs, causeMs).add(Counter.POLICY_DENIED, sign);
    }
  }

  private static void add(
      EventFact fact, SeriesNode node, int sign, long causeMs, Windows windows) {
    AgentEvent event = fact.event();
    WindowTotals totals = windows.at(node, event.getTimeMs(), causeMs);
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
      case RETRY, FALLBACK, CHECKPOINT, EXCEPTION, CAPTURE_LOSS, UNKNOWN -> {}
    }
  }

  /** What an agent dropped is no record of its own; without a version it is the fleet's alone. */
  private static void lost(EventFact fact, int sign, long causeMs, Windows windows) {
    boolean told = !fact.scope().scope().agentVersion().equals(Series.UNKNOWN);
    SeriesNode node = told ? fact.scope().agent() : fact.scope().fleet();
    long count = Math.max(1, fact.event().getCount());
    windows.at(node, fact.event().getTimeMs(), causeMs).add(Counter.CAPTURE_LOST, sign * count);
  }

  private static void version(EventFact fact, int sign, long causeMs, Windows windows) {
    AgentEvent event = fact.event();
    if (event.getPolicyVersion() != null) {
      Series version =
          SpanFacts.version(
              fact.scope().scope(),
              event.getPolicyRule(),
              event.getPolicyId(),
              event.getPolicyVersion());
      version(version, sign, event.getTimeMs(), causeMs, windows);
    }
  }

  private static void version(
      Series version, int sign, long eventMs, long causeMs, Windows windows) {
    if (version != null) {
      windows.version(version, sign, eventMs, causeMs);
    }
  }

  private static void versions(SpanFact fact, int sign, long causeMs, Windows windows) {
    if (fact.promptVersion != null) {
      version(fact.scope.prompt(fact.promptVersion), sign, fact.endMs, causeMs, windows);
    }
    version(fact.enforcement.version(), sign, fact.endMs, causeMs, windows);
  }

  static void add(SpanFact fact, int sign, long causeMs, Windows windows) {
    versions(fact, sign, causeMs, windows);
    Enforcement enforcement = fact.enforcement;
    if (fact.kind == SpanKind.GUARDRAIL && enforcement.policy() != null) {
      WindowTotals totals = windows.at(enforcement.policy(), fact.endMs, causeMs);
      totals.addCompleteness(sign, fact.late ? sign : 0, 0);
      verdict(totals, Denials.judges(fact) ? Verdict.DENY : enforcement.verdict(), sign);
      if ((fact.links & Links.RETOLD) != 0) {
        retell(fact, -sign, causeMs, windows);
      }
    } else if (fact.kind == SpanKind.HANDOFF || fact.kind == SpanKind.HUMAN) {
      WindowTotals totals = windows.at(fact.scope.agent(), fact.endMs, causeMs);
      totals.addCompleteness(sign, fact.late ? sign : 0, 0);
      if (fact.kind == SpanKind.HANDOFF) {
        totals.add(Counter.HANDOFFS, sign);
      } else {
        totals.add(Counter.HUMAN_REQUESTS, sign);
        decision(totals, enforcement.decision(), sign);
      }
    }
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
