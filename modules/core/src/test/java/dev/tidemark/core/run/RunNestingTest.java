package dev.tidemark.core.run;

import static dev.tidemark.core.run.Facts.root;
import static dev.tidemark.core.run.Facts.tool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.window.Counter;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.RunClose;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Spans inside spans: which of them is the run, and which of them is the call, in any order. */
class RunNestingTest {
  private Collected windows;

  /** Puts the spans in, in every of a dozen orders, and expects the same summary of each. */
  private AgentRun summary(AgentSpan... spans) {
    List<AgentSpan> order = new ArrayList<>(List.of(spans));
    AgentRun first = null;
    Random random = new Random(7);
    for (int i = 0; i < 12; i++) {
      windows = new Collected();
      RunState run = Facts.run();
      order.forEach(span -> run.insert(Facts.fact(span), windows));
      run.settle(windows);
      AgentRun summary = run.summary(0);
      summary.setSpanOffsets(List.of());
      first = first == null ? summary : first;
      assertThat(summary).isEqualTo(first);
      Collections.shuffle(order, random);
    }
    return first;
  }

  private static AgentSpan inside(AgentSpan span, AgentSpan outer) {
    span.setParentSpanId(outer.getSpanId());
    return span;
  }

  private static AgentSpan step(int id, long endMs, Outcome outcome) {
    return Facts.span(id, SpanKind.STEP, endMs, outcome);
  }

  /** An agent behind a web server: the trace begins with a span that is no agent's. */
  @Test
  void shouldTakeTheOutermostAgentForTheRun() {
    AgentSpan request = step(1, 9_000, Outcome.ERROR);
    AgentSpan agent = inside(root(2, 8_000, Outcome.OK), request);
    AgentSpan between = inside(step(3, 7_000, Outcome.OK), agent);
    AgentSpan helper = inside(root(4, 6_000, Outcome.ERROR), between);

    AgentRun run = summary(request, agent, between, helper);

    assertThat(run.getClosedBy()).isEqualTo(RunClose.ROOT);
    assertThat(run.getOutcome()).isEqualTo(Outcome.OK);
    assertThat(run.getEndMs()).isEqualTo(Facts.START + 8_000);
  }

  /** One request, the agent asked twice in it: the run ends as the second one does. */
  @Test
  void shouldTakeTheLastOfAgentsSideBySide() {
    AgentSpan request = step(1, 9_000, Outcome.OK);
    AgentSpan first = inside(root(2, 4_000, Outcome.ERROR), request);
    AgentSpan second = inside(root(3, 8_000, Outcome.OK), request);

    assertThat(summary(request, first, second).getOutcome()).isEqualTo(Outcome.OK);
  }

  /** The agent took an MCP tool's failure for an answer; the client span inside knows better. */
  @Test
  void shouldCountTheCallInsideWhenTheOneAroundHidesItsFailure() {
    AgentSpan around = tool(1, "search", "a", 2_000, Outcome.OK);
    AgentSpan client = inside(tool(2, "search", null, 1_900, Outcome.TOOL_ERROR), around);
    AgentSpan server = inside(tool(3, "search", null, 1_800, Outcome.OK), client);

    AgentRun run = summary(around, client, server);

    assertThat(run.getToolCalls()).isEqualTo(1);
    assertThat(run.getToolErrors()).isEqualTo(1);
    assertThat(windows.sum(SubjectKind.TOOL, Counter.ERRORS)).isEqualTo(1);
  }

  /** One call of the agent, tried twice inside. */
  @Test
  void shouldCountTheAttemptsInsideACallThatHidesThem() {
    AgentSpan around = tool(1, "search", "a", 5_000, Outcome.OK);
    AgentSpan failed = inside(tool(2, "search", null, 2_000, Outcome.TOOL_ERROR), around);
    AgentSpan again = inside(tool(3, "search", null, 4_000, Outcome.OK), around);
    AgentSpan root = root(4, 6_000, Outcome.OK);

    AgentRun run = summary(around, failed, again, root);

    assertThat(run.getToolCalls()).isEqualTo(2);
    assertThat(run.getRetries()).isEqualTo(1);
    assertThat(run.getSilentRecovery()).isTrue();
    assertThat(windows.sum(SubjectKind.TOOL, Counter.ATTEMPTS)).isEqualTo(2);
  }

  @Test
  void shouldCountTheCallAroundWhenItTellsTheFailureItself() {
    AgentSpan around = tool(1, "search", "a", 2_000, Outcome.TOOL_ERROR);
    AgentSpan client = inside(tool(2, "search", null, 1_900, Outcome.TOOL_ERROR), around);

    AgentRun run = summary(around, client);

    assertThat(run.getToolCalls()).isEqualTo(1);
    assertThat(run.getToolErrors()).isEqualTo(1);
  }

  /** The guardrail, the turn, the agent and the run all say that it was denied. */
  @Test
  void shouldCountADenialOnceHoweverManySpansAroundRepeatIt() {
    AgentSpan root = root(1, 5_000, Outcome.DENIED);
    AgentSpan agent = inside(root(2, 4_000, Outcome.DENIED), root);
    AgentSpan turn = inside(step(3, 3_000, Outcome.DENIED), agent);
    AgentSpan guard = inside(Facts.span(4, SpanKind.GUARDRAIL, 2_000, Outcome.DENIED), turn);
    guard.setPolicyRule("no-refunds");
    guard.setVerdict(Verdict.DENY);

    AgentRun run = summary(root, agent, turn, guard);

    assertThat(run.getPolicyDenied()).isEqualTo(1);
    assertThat(run.getDeniedByRule()).containsOnlyKeys("no-refunds").containsValue(1);
    assertThat(run.getToolErrors()).isZero();
    assertThat(windows.sum(SubjectKind.POLICY, Counter.POLICY_DENIED)).isEqualTo(1);
  }

  private static AgentSpan call(AgentSpan tool, String callId, long startMs) {
    tool.setToolCallId(callId);
    tool.setStartMs(Facts.START + startMs);
    return tool;
  }

  /** Between the agent's call and the client of the protocol stands the framework's own step. */
  @Test
  void shouldCountOneCallToldByTwoSpansThatAreNotNextToEachOther() {
    AgentSpan around = call(tool(1, "search", "a", 5_000, Outcome.OK), "c-1", 1_000);
    AgentSpan between = inside(step(2, 4_900, Outcome.OK), around);
    AgentSpan client = call(tool(3, "search", "a", 4_800, Outcome.OK), "c-1", 1_000);
    AgentSpan root = root(4, 6_000, Outcome.OK);

    AgentRun run = summary(around, between, inside(client, between), root);

    assertThat(run.getToolCalls()).isEqualTo(1);
    assertThat(run.getRetries()).isZero();
    assertThat(run.getIdenticalCalls()).isZero();
    assertThat(windows.sum(SubjectKind.TOOL, Counter.ATTEMPTS)).isEqualTo(1);
  }

  @Test
  void shouldBelieveTheFailureToldFartherInside() {
    AgentSpan around = call(tool(1, "search", "a", 5_000, Outcome.OK), "c-1", 1_000);
    AgentSpan between = inside(step(2, 4_900, Outcome.OK), around);
    AgentSpan client = call(tool(3, "search", null, 4_800, Outcome.TOOL_ERROR), "c-1", 1_100);

    AgentRun run = summary(around, between, inside(client, between));

    assertThat(run.getToolCalls()).isEqualTo(1);
    assertThat(run.getToolErrors()).isEqualTo(1);
  }

  /** One after the other they are attempts, whatever stands around them. */
  @Test
  void shouldStillCountAttemptsUnderOneCallId() {
    AgentSpan first = call(tool(1, "search", "a", 2_000, Outcome.TOOL_ERROR), "c-1", 1_000);
    AgentSpan turn = step(2, 4_900, Outcome.OK);
    AgentSpan again = inside(call(tool(3, "search", "a", 4_000, Outcome.OK), "c-1", 3_000), turn);

    AgentRun run = summary(first, turn, again, root(4, 6_000, Outcome.OK));

    assertThat(run.getToolCalls()).isEqualTo(2);
    assertThat(run.getRetriesSameCallId()).isEqualTo(1);
  }

  /** The guardrail said no, and the call it stopped says that it was stopped. */
  @Test
  void shouldCountADenialToldByTheGuardrailAndByTheCallOnce() {
    AgentSpan call = tool(1, "pay", "a", 2_000, Outcome.DENIED);
    AgentSpan guard = inside(Facts.span(2, SpanKind.GUARDRAIL, 1_900, Outcome.DENIED), call);
    guard.setPolicyRule("limit");
    guard.setVerdict(Verdict.DENY);
    AgentSpan other = Facts.span(3, SpanKind.GUARDRAIL, 3_000, Outcome.DENIED);
    other.setPolicyRule("tone");

    AgentRun run = summary(call, guard, other, root(4, 6_000, Outcome.OK));

    assertThat(run.getToolDenied()).isEqualTo(1);
    assertThat(run.getPolicyDenied()).isEqualTo(2);
    assertThat(run.getDeniedByRule()).containsOnly(Map.entry("limit", 1), Map.entry("tone", 1));
  }

  /** A web request in which no agent did anything. */
  @Test
  void shouldNotTakeATraceWithoutAnyAgentForARun() {
    windows = new Collected();
    RunState run = Facts.run();
    run.insert(Facts.fact(step(1, 2_000, Outcome.OK)), windows);
    run.closeWithoutRoot(Facts.START + 60_000);
    run.judge(run, Facts.START + 70_000, windows);

    assertThat(run.tellsOfAgent()).isFalse();
    assertThat(windows.sum(SubjectKind.AGENT, Counter.RUNS)).isZero();
  }

  /** Many frameworks name the conversation on inner spans only. */
  @Test
  void shouldFindTheConversationOnAnySpan() {
    AgentSpan root = root(1, 5_000, Outcome.OK);
    AgentSpan call = inside(tool(2, "search", "a", 2_000, Outcome.OK), root);
    call.setConversationId("conv-42");

    assertThat(summary(root, call).getConversationId()).isEqualTo("conv-42");
  }
}
