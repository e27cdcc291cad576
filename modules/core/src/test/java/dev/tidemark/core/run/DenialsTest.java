package dev.tidemark.core.run;

import static dev.tidemark.core.run.Facts.root;
import static dev.tidemark.core.run.Facts.tool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.window.Counter;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.EventType;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One denial counts once, whoever tells it, in whatever order it is heard. */
class DenialsTest {
  private Collected windows;

  /** Puts the records in, in a dozen orders, and expects the same of each. */
  private AgentRun summary(SpecificRecord... records) {
    List<SpecificRecord> order = new ArrayList<>(List.of(records));
    AgentRun first = null;
    String counted = null;
    Random random = new Random(7);
    for (int i = 0; i < 12; i++) {
      windows = new Collected();
      AgentRun summary = insert(order, windows).summary(0);
      summary.setSpanOffsets(List.of());
      summary.setEventOffsets(List.of());
      first = first == null ? summary : first;
      counted = counted == null ? windows.text() : counted;
      assertThat(summary).isEqualTo(first);
      assertThat(windows.text()).isEqualTo(counted);
      Collections.shuffle(order, random);
    }
    return first;
  }

  private static RunState insert(List<SpecificRecord> records, Collected windows) {
    RunState run = Facts.run();
    for (SpecificRecord record : records) {
      if (record instanceof AgentSpan span) {
        run.insert(Facts.fact(span), windows);
      } else {
        run.insert(Facts.fact((AgentEvent) record), windows);
      }
    }
    run.settle(windows);
    return run;
  }

  private long policy(Counter counter) {
    return windows.sum(SubjectKind.POLICY, counter);
  }

  private static AgentSpan denied(int id, String rule, long endMs) {
    AgentSpan call = tool(id, "pay", "a", endMs, Outcome.DENIED);
    call.setPolicyRule(rule);
    return call;
  }

  private static AgentSpan guard(int id, String rule, long endMs) {
    AgentSpan guard = Facts.span(id, SpanKind.GUARDRAIL, endMs, Outcome.DENIED);
    guard.setPolicyRule(rule);
    guard.setVerdict(Verdict.DENY);
    return guard;
  }

  private static AgentEvent verdict(int id, String rule, long timeMs) {
    AgentEvent event = Facts.eventRecord(id, EventType.GUARDRAIL_DECISION, "guard", timeMs, null);
    event.setPolicyRule(rule);
    event.setVerdict(Verdict.DENY);
    return event;
  }

  private void assertOneDenialBy(String rule, AgentRun run) {
    assertThat(run.getPolicyDenied()).isEqualTo(1);
    assertThat(run.getDeniedByRule()).isEqualTo(Map.of(rule, 1));
    assertThat(policy(Counter.POLICY_DENIED)).isEqualTo(1);
    assertThat(policy(Counter.ATTEMPTS)).isEqualTo(1);
    assertThat(policy(Counter.DENIED)).isEqualTo(1);
  }

  @Test
  void shouldJoinAVerdictToTheCallItIsInsideOf() {
    AgentSpan call = denied(1, "limit", 2_000);
    AgentSpan guard = guard(2, "limit", 1_900);
    guard.setParentSpanId(call.getSpanId());

    assertOneDenialBy("limit", summary(call, guard, root(9, 6_000, Outcome.OK)));
  }

  /** The call ends first; the guardrail that it is inside of says the rule. */
  @Test
  void shouldJoinACallToTheGuardrailAroundIt() {
    AgentSpan call = denied(1, "limit", 2_000);
    AgentSpan guard = guard(2, "limit", 2_100);
    call.setParentSpanId(guard.getSpanId());

    assertOneDenialBy("limit", summary(call, guard));
  }

  @Test
  void shouldGiveACallTheRuleOfTheVerdictAboutItsSpan() {
    AgentSpan call = denied(1, null, 2_000);
    AgentEvent verdict = verdict(2, "limit", 1_990);
    verdict.setSpanId(call.getSpanId());

    assertOneDenialBy("limit", summary(call, verdict));
    assertThat(windows.text()).contains("\"deniedByRule\": {\"limit\": 1}");
  }

  @Test
  void shouldJoinByTheIdOfTheToolCall() {
    AgentSpan call = denied(1, null, 2_000);
    call.setToolCallId("c-1");
    AgentEvent verdict = verdict(2, "limit", 1_500);
    verdict.setToolCallId("c-1");

    assertOneDenialBy("limit", summary(call, verdict));
  }

  /** A guardrail beside the call, and another call that went through in between. */
  @Test
  void shouldJoinAVerdictToTheNextCallBesideIt() {
    AgentSpan turn = Facts.span(5, SpanKind.STEP, 4_000, Outcome.OK);
    AgentSpan guard = guard(1, "limit", 1_000);
    AgentSpan elsewhere = tool(2, "search", "b", 1_500, Outcome.OK);
    AgentSpan call = denied(3, null, 2_000);
    guard.setParentSpanId(turn.getSpanId());
    call.setParentSpanId(turn.getSpanId());

    assertOneDenialBy("limit", summary(turn, guard, elsewhere, call));
  }

  /** The call it stopped left no span; another one is denied a turn of the model later. */
  @Test
  void shouldNotJoinBeyondTheNextTurnOfTheModel() {
    AgentEvent verdict = verdict(1, "limit", 1_000);
    verdict.setToolName("pay");
    AgentSpan thought = Facts.model(2, 1_500, Outcome.OK);
    AgentSpan call = denied(3, "limit", 2_000);

    assertThat(summary(verdict, thought, call).getPolicyDenied()).isEqualTo(2);
    assertThat(policy(Counter.POLICY_DENIED)).isEqualTo(2);
  }

  @Test
  void shouldCountEachOfTwoAttemptsThatWereDenied() {
    AgentEvent first = verdict(1, "limit", 1_000);
    AgentSpan call = denied(2, null, 1_100);
    AgentEvent second = verdict(3, "limit", 2_000);
    AgentSpan again = denied(4, null, 2_100);
    first.setToolName("pay");
    second.setToolName("pay");

    AgentRun run = summary(first, call, second, again);

    assertThat(run.getPolicyDenied()).isEqualTo(2);
    assertThat(run.getRetries()).isEqualTo(1);
    assertThat(policy(Counter.POLICY_DENIED)).isEqualTo(2);
    assertThat(policy(Counter.ATTEMPTS)).isEqualTo(2);
  }

  /** The same verdict as a span and as an event in it. */
  @Test
  void shouldCountAVerdictToldTwiceOnce() {
    AgentSpan guard = guard(1, "tone", 1_000);
    AgentEvent event = verdict(2, "tone", 990);
    event.setSpanId(guard.getSpanId());

    assertThat(summary(guard, event).getPolicyDenied()).isEqualTo(1);
    assertThat(policy(Counter.POLICY_DENIED)).isEqualTo(1);
  }

  @Test
  void shouldKeepBothRulesOfOneDenial() {
    AgentSpan call = denied(1, "refusal", 2_000);
    AgentEvent verdict = verdict(2, "limit", 1_900);
    verdict.setSpanId(call.getSpanId());

    AgentRun run = summary(call, verdict);

    assertThat(run.getPolicyDenied()).isEqualTo(1);
    assertThat(run.getDeniedByRule()).isEqualTo(Map.of("limit", 1, "refusal", 1));
  }

  /** What was not done is no reason for a denial. */
  @Test
  void shouldNotTakeARuleFromAVerdictInShadow() {
    AgentSpan call = denied(1, null, 2_000);
    AgentEvent verdict = verdict(2, "limit", 1_900);
    verdict.setSpanId(call.getSpanId());
    verdict.setEnforced(Verdict.ALLOW);

    assertThat(summary(call, verdict).getDeniedByRule()).isEqualTo(Map.of("unknown", 1));
  }

  /** Two records with one id: the verdict that loses takes its denial along. */
  @Test
  void shouldForgetAVerdictThatAnotherRecordReplaces() {
    AgentSpan call = denied(1, null, 2_000);
    AgentEvent verdict = verdict(2, "limit", 1_900);
    verdict.setSpanId(call.getSpanId());
    AgentEvent allowed = AgentEvent.newBuilder(verdict).setVerdict(Verdict.ALLOW).build();

    AgentRun run = summary(call, verdict, allowed);
    boolean denies = verdict.hashCode() < allowed.hashCode();

    assertThat(run.getDeniedByRule()).isEqualTo(Map.of(denies ? "limit" : "unknown", 1));
    assertThat(policy(Counter.POLICY_DENIED)).isEqualTo(denies ? 1 : 0);
  }

  /** However calls and verdicts are joined, no rule has denied more often than somebody told. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void shouldCountAtLeastTheCallsAndAtMostTheRecords(long seed) {
    Random random = new Random(seed);
    List<SpecificRecord> records = new ArrayList<>();
    int calls = 0;
    for (int id = 1; id < 60; id += 2) {
      AgentSpan call = denied(id, random.nextBoolean() ? null : "limit", id * 1_000L);
      call.setToolCallId(random.nextInt(3) == 0 ? "c" + random.nextInt(4) : null);
      records.add(call);
      calls++;
      AgentEvent verdict = verdict(id, "limit", id * 1_000L + random.nextInt(2_000) - 1_000);
      switch (random.nextInt(5)) {
        case 0 -> verdict.setSpanId(call.getSpanId());
        case 1 -> verdict.setToolCallId(call.getToolCallId());
        case 2 -> verdict.setToolName("pay");
        case 3 -> records.add(guard(id + 1, "limit", id * 1_000L - 10));
        default -> {}
      }
      records.add(verdict);
    }

    AgentRun run = summary(records.toArray(SpecificRecord[]::new));

    assertThat(run.getPolicyDenied()).isBetween(calls, records.size());
    assertThat(policy(Counter.POLICY_DENIED)).isBetween(1L, (long) run.getPolicyDenied());
    assertThat(policy(Counter.DENIED)).isEqualTo(policy(Counter.ATTEMPTS));
  }
}
