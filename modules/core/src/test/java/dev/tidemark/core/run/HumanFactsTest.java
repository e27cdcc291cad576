package dev.tidemark.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.human.DecisionKey;
import dev.tidemark.core.human.HumanFact;
import dev.tidemark.core.window.Combiner;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.EventType;
import dev.tidemark.records.HumanDecision;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What runs tell of requests and decisions. */
class HumanFactsTest {
  private final List<String> told = new ArrayList<>();
  private final Map<HumanFact, Integer> held = new HashMap<>();
  private final Combiner windows = new Combiner(15_000, 15_000);
  private final RunState run = Facts.run();

  HumanFactsTest() {
    windows.tellHumans(
        (fact, sign, causeMs) -> {
          held.merge(fact, sign, Integer::sum);
          told.add(
              (sign > 0 ? "+" : "-")
                  + (fact.decision() ? "decision " : "request ")
                  + (fact.atMs() - Facts.START)
                  + (fact.tool() == null ? "" : " " + fact.tool()));
        });
  }

  private void insert(AgentSpan span) {
    run.insert(Facts.fact(span), windows);
  }

  private static AgentSpan call(int id, long endMs, Outcome outcome) {
    AgentSpan span = Facts.tool(id, "refund", "a", endMs, outcome);
    span.setToolCallId("call");
    return span;
  }

  @Test
  void shouldTellThatACallWaitsAndThatItWasDecided() {
    insert(call(1, 1_000, Outcome.AWAITING_HUMAN));
    AgentSpan decided = call(2, 9_000, Outcome.OK);
    decided.setHumanDecision(HumanDecision.APPROVED);
    insert(decided);

    assertThat(told).containsExactly("+request 1000 refund", "+decision 9000");
    assertThat(held.keySet())
        .extracting(HumanFact::key)
        .containsOnly(DecisionKey.of("default", 0, DecisionKey.hash("call"), 0));
  }

  @Test
  void shouldTellTheTimesThatASpanTells() {
    AgentSpan human = Facts.span(1, SpanKind.HUMAN, 9_000, Outcome.OK);
    human.setDecisionId("d");
    human.setHumanDecision(HumanDecision.REJECTED);
    human.setDecisionRequestedMs(Facts.START + 2_000);
    insert(human);
    AgentSpan late = Facts.span(2, SpanKind.HUMAN, 20_000, Outcome.OK);
    late.setDecisionId("d");
    late.setDecisionDecidedMs(Facts.START + 12_000);
    insert(late);

    assertThat(told).containsExactly("+request 2000", "+decision 9000", "+decision 12000");
  }

  @Test
  void shouldTellNothingThatIsCountedWithTheAttempt() {
    AgentSpan span = call(1, 9_000, Outcome.OK);
    span.setHumanDecision(HumanDecision.APPROVED);
    span.setDecisionRequestedMs(Facts.START + 1_000);
    span.setDecisionDecidedMs(Facts.START + 8_000);
    insert(span);

    assertThat(told).isEmpty();
  }

  @Test
  void shouldTellNothingThatCannotBeJoined() {
    AgentSpan span = Facts.tool(1, "refund", "a", 1_000, Outcome.AWAITING_HUMAN);
    span.setToolCallId("");
    insert(span);
    AgentEvent plain = Facts.eventRecord(1, EventType.APPROVAL_REQUESTED, "", 1_000, null);
    run.insert(Facts.fact(plain), windows);
    AgentEvent other = Facts.eventRecord(2, EventType.GUARDRAIL_DECISION, "", 1_000, null);
    other.setDecisionId("d");
    run.insert(Facts.fact(other), windows);

    assertThat(told).isEmpty();
  }

  @Test
  void shouldTakeBackWhatAnotherRecordOfTheSameIdReplaces() {
    AgentEvent one = Facts.eventRecord(1, EventType.APPROVAL_REQUESTED, "", 1_000, null);
    one.setDecisionId("d");
    AgentEvent other = Facts.eventRecord(1, EventType.APPROVAL_REQUESTED, "", 2_000, null);
    other.setDecisionId("d");
    run.insert(Facts.fact(one), windows);
    run.insert(Facts.fact(one), windows);
    run.insert(Facts.fact(other), windows);

    held.values().removeIf(count -> count == 0);
    long winner = one.hashCode() < other.hashCode() ? 1_000 : 2_000;
    assertThat(held).hasSize(1).containsValue(1);
    assertThat(held.keySet()).allSatisfy(f -> assertThat(f.atMs()).isEqualTo(Facts.START + winner));
  }

  @Test
  void shouldTellNothingAgainThatWasSent() {
    windows.replayingSent(true);
    insert(call(1, 1_000, Outcome.AWAITING_HUMAN));

    assertThat(told).isEmpty();
  }
}
