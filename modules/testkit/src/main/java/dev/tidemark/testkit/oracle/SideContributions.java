package dev.tidemark.testkit.oracle;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.EventType;
import dev.tidemark.records.HumanDecision;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What events add to windows, and spans that are no attempts. */
final class SideContributions {
  private SideContributions() {}

  static List<Contribution> of(EventFact fact, boolean retold) {
    AgentEvent event = fact.event();
    SeriesKeys keys = SeriesKeys.of(event);
    if (event.getType() == EventType.CAPTURE_LOSS) {
      return lost(event, keys, fact.endMs());
    }
    List<SeriesKey> series = new ArrayList<>(List.of(keys.agentSeries(), keys.fleet()));
    if (event.getToolName() != null) {
      series.add(keys.tool(event.getToolName(), event.getToolVersion()));
    }
    if (event.getPolicyRule() != null) {
      series.add(keys.policy(event.getPolicyRule()));
    }
    return series.stream()
        .map(
            one ->
                new Contribution(one, fact.endMs(), sum -> event(sum, fact, retold && policy(one))))
        .toList();
  }

  /** Records that were never sent, of whom it is known: the fleet's, and those of a version. */
  private static List<Contribution> lost(AgentEvent event, SeriesKeys keys, long timeMs) {
    long records = event.getCount() < 1 ? 1 : event.getCount();
    Stream<SeriesKey> series =
        event.getAgentVersion() == null
            ? Stream.of(keys.fleet())
            : Stream.of(keys.fleet(), keys.agentSeries());
    return series
        .map(one -> new Contribution(one, timeMs, sum -> sum.add("captureLost", records)))
        .toList();
  }

  static List<Contribution> of(SpanFact fact, boolean retold) {
    AgentSpan span = fact.span();
    SeriesKeys keys = SeriesKeys.of(span);
    SpanKind kind = span.getKind();
    Stream<SeriesKey> series = Stream.empty();
    if (kind == SpanKind.GUARDRAIL && span.getPolicyRule() != null) {
      series = Stream.of(keys.policy(span.getPolicyRule()));
    } else if (kind == SpanKind.HANDOFF || kind == SpanKind.HUMAN) {
      series = Stream.of(keys.agentSeries(), keys.fleet());
    }
    return series
        .map(one -> new Contribution(one, fact.endMs(), sum -> span(sum, fact, retold)))
        .toList();
  }

  private static boolean policy(SeriesKey series) {
    return series.getSubjectKind() == SubjectKind.POLICY;
  }

  private static void event(WindowSum sum, EventFact fact, boolean retold) {
    AgentEvent event = fact.event();
    sum.record(fact.late());
    switch (event.getType()) {
      case EVALUATION -> sum.score(event.getName(), event.getPassed(), event.getScore());
      case FEEDBACK -> {
        sum.one("feedback");
        sum.score(event.getName(), event.getPassed(), event.getScore());
      }
      case HANDOFF -> sum.one("handoffs");
      case APPROVAL_REQUESTED -> sum.one("humanRequests");
      case APPROVAL_DECIDED -> decision(sum, event.getHumanDecision());
      case GUARDRAIL_DECISION -> verdict(sum, retold ? null : event.getVerdict());
      case RETRY, FALLBACK, CHECKPOINT, EXCEPTION, CAPTURE_LOSS, UNKNOWN -> {}
    }
  }

  private static void span(WindowSum sum, SpanFact fact, boolean retold) {
    sum.record(fact.late());
    switch (fact.span().getKind()) {
      case GUARDRAIL -> {
        Verdict verdict = DenialChain.judges(fact) ? Verdict.DENY : fact.span().getVerdict();
        verdict(sum, retold ? null : verdict);
      }
      case HANDOFF -> sum.one("handoffs");
      default -> {
        sum.one("humanRequests");
        decision(sum, fact.span().getHumanDecision());
      }
    }
  }

  private static void decision(WindowSum sum, HumanDecision decision) {
    sum.oneIf(decision == HumanDecision.APPROVED, "humanApproved");
    sum.oneIf(decision == HumanDecision.REJECTED, "humanRejected");
    sum.oneIf(
        decision == HumanDecision.OVERRIDDEN || decision == HumanDecision.EDITED,
        "humanOverridden");
    sum.oneIf(decision == HumanDecision.TIMED_OUT, "humanTimedOut");
  }

  private static void verdict(WindowSum sum, Verdict verdict) {
    sum.oneIf(verdict == Verdict.ALLOW || verdict == Verdict.WARN, "policyAllowed");
    sum.oneIf(verdict == Verdict.DENY, "policyDenied");
    sum.oneIf(verdict == Verdict.ESCALATE, "humanRequests");
  }
}
