package dev.tidemark.core.run;

import static dev.tidemark.core.run.Facts.event;
import static dev.tidemark.core.run.Facts.fact;
import static dev.tidemark.core.run.Facts.model;
import static dev.tidemark.core.run.Facts.root;
import static dev.tidemark.core.run.Facts.tool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.run.RunState.Insert;
import dev.tidemark.core.window.Counter;
import dev.tidemark.records.Actor;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.EventType;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.RunClose;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.SubjectKind;
import org.junit.jupiter.api.Test;

class RunStateTest {
  private final Collected windows = new Collected();
  private final RunState run = Facts.run();

  private AgentRun summary() {
    judge();
    return run.summary(3);
  }

  private void judge() {
    run.settle(windows);
    run.judge(run, Facts.START, windows);
  }

  private void take(AgentSpan span) {
    run.insert(fact(span), windows);
    judge();
  }

  @Test
  void shouldInferAnExactRetryAfterAFailureWithTheSameArguments() {
    take(tool(1, "search", "a", 1_000, Outcome.TOOL_ERROR));
    take(tool(2, "search", "a", 2_000, Outcome.OK));

    assertThat(summary().getRetriesInferredExact()).isEqualTo(1);
    assertThat(summary().getOperations()).isEqualTo(1);
    assertThat(summary().getRecoveredOperations()).isEqualTo(1);
  }

  @Test
  void shouldInferARepairAfterADenialWithOtherArguments() {
    take(tool(1, "search", "a", 1_000, Outcome.DENIED));
    take(tool(2, "search", "b", 2_000, Outcome.OK));

    assertThat(summary().getRetriesInferredRepair()).isEqualTo(1);
    assertThat(summary().getToolDenied()).isEqualTo(1);
    assertThat(summary().getToolErrors()).isZero();
  }

  @Test
  void shouldNotInferARetryAcrossAnotherTool() {
    take(tool(1, "search", "a", 1_000, Outcome.TOOL_ERROR));
    take(tool(2, "fetch", "a", 2_000, Outcome.OK));
    take(tool(3, "search", "a", 3_000, Outcome.OK));

    assertThat(summary().getRetries()).isZero();
    assertThat(summary().getIdenticalCalls()).isEqualTo(1);
  }

  @Test
  void shouldNotInferARetryFromTheOtherActor() {
    AgentSpan user = tool(1, "search", "a", 1_000, Outcome.TOOL_ERROR);
    user.setActor(Actor.USER);
    take(user);
    take(tool(2, "search", "a", 2_000, Outcome.OK));

    assertThat(summary().getRetries()).isZero();
    assertThat(summary().getIdenticalCalls()).isZero();
    assertThat(summary().getUserCalls()).isEqualTo(1);
  }

  /** A fan-out: both calls run at once, so the second does not try the first again. */
  @Test
  void shouldNotInferARetryOfACallThatWasStillRunning() {
    take(tool(1, "search", "a", 1_000, Outcome.TOOL_ERROR));
    AgentSpan parallel = tool(2, "search", "b", 1_100, Outcome.OK);
    parallel.setStartMs(Facts.START + 500);
    take(parallel);

    assertThat(summary().getRetries()).isZero();
  }

  @Test
  void shouldBelieveADeclaredAttempt() {
    AgentSpan second = tool(2, "search", "b", 2_000, Outcome.OK);
    second.setAttempt(2);
    take(tool(1, "search", "a", 1_000, Outcome.OK));
    take(second);

    assertThat(summary().getRetriesDeclared()).isEqualTo(1);
  }

  @Test
  void shouldBelieveAFirstAttemptOverInference() {
    AgentSpan first = tool(2, "search", "a", 2_000, Outcome.OK);
    first.setAttempt(1);
    take(tool(1, "search", "a", 1_000, Outcome.TOOL_ERROR));
    take(first);

    assertThat(summary().getRetries()).isZero();
    assertThat(summary().getOperations()).isEqualTo(2);
  }

  @Test
  void shouldLinkAttemptsByCallId() {
    AgentSpan a = tool(1, "search", "a", 1_000, Outcome.TOOL_ERROR);
    AgentSpan c = tool(3, "search", "a", 3_000, Outcome.OK);
    a.setToolCallId("call-1");
    c.setToolCallId("call-1");
    take(a);
    take(tool(2, "fetch", "x", 2_000, Outcome.OK));
    take(c);

    assertThat(summary().getRetriesSameCallId()).isEqualTo(1);
    assertThat(summary().getOperations()).isEqualTo(2);
    assertThat(summary().getRecoveredOperations()).isEqualTo(1);
  }

  @Test
  void shouldNotCallAResumedCallARetry() {
    AgentSpan asked = tool(1, "pay", "a", 1_000, Outcome.AWAITING_HUMAN);
    AgentSpan done = tool(2, "pay", "a", 9_000, Outcome.OK);
    asked.setToolCallId("call-1");
    done.setToolCallId("call-1");
    take(asked);
    take(done);

    assertThat(summary().getRetries()).isZero();
    assertThat(summary().getOperations()).isEqualTo(1);
  }

  @Test
  void shouldCallIdenticalAfterSuccessARepeat() {
    take(tool(1, "search", "a", 1_000, Outcome.OK));
    take(tool(2, "search", "a", 2_000, Outcome.OK));

    assertThat(summary().getRepeats()).isEqualTo(1);
    assertThat(summary().getRetries()).isZero();
  }

  @Test
  void shouldSeeALoop() {
    for (int i = 0; i < 5; i++) {
      take(tool(i, "search", "a", 1_000 + i, Outcome.OK));
    }

    assertThat(summary().getLooping()).isTrue();
    assertThat(summary().getLongestIdentical()).isEqualTo(5);
  }

  /** Frameworks repeat the tokens of the calls below: only the leaves count. */
  @Test
  void shouldCountLeafModelCallsOnly() {
    AgentSpan child = model(1, 1_000, Outcome.OK);
    AgentSpan parent = model(2, 1_100, Outcome.OK);
    child.setParentSpanId(parent.getSpanId());
    take(parent);
    take(child);

    assertThat(summary().getModelCalls()).isEqualTo(1);
    assertThat(summary().getInputTokens()).isEqualTo(100);
    assertThat(windows.sum(SubjectKind.AGENT, Counter.MODEL_CALLS)).isEqualTo(1);
    assertThat(windows.sum(SubjectKind.AGENT, Counter.COST_MICROS)).isEqualTo(7);
  }

  /** The same call seen as execute_tool and as an MCP client span inside it. */
  @Test
  void shouldCountACallSeenTwiceOnce() {
    AgentSpan inner = tool(1, "search", "a", 1_000, Outcome.OK);
    AgentSpan outer = tool(2, "search", "a", 1_010, Outcome.OK);
    inner.setParentSpanId(outer.getSpanId());
    take(inner);
    take(outer);

    assertThat(summary().getToolCalls()).isEqualTo(1);
    assertThat(windows.sum(SubjectKind.TOOL, Counter.ATTEMPTS)).isEqualTo(1);
  }

  @Test
  void shouldCallSuccessAfterTroubleASilentRecovery() {
    take(tool(1, "search", "a", 1_000, Outcome.TOOL_ERROR));
    take(tool(2, "fetch", "a", 2_000, Outcome.OK));
    take(root(9, 3_000, Outcome.OK));

    assertThat(summary().getSilentRecovery()).isTrue();
    assertThat(windows.sum(SubjectKind.AGENT, Counter.RUNS_RECOVERED)).isEqualTo(1);
    assertThat(windows.sum(SubjectKind.FLEET, Counter.RUNS)).isEqualTo(1);
  }

  @Test
  void shouldLetTheEvaluationDecideWhetherARunSucceeded() {
    take(tool(1, "search", "a", 1_000, Outcome.TOOL_ERROR));
    take(root(9, 3_000, Outcome.OK));
    run.insert(event(1, EventType.EVALUATION, "task_success", 2_900, false), windows);

    assertThat(summary().getSucceeded()).isFalse();
    assertThat(summary().getSilentRecovery()).isFalse();
    assertThat(windows.sum(SubjectKind.AGENT, Counter.RUNS_RECOVERED)).isZero();
    assertThat(windows.sum(SubjectKind.AGENT, Counter.RUNS_FAILED)).isEqualTo(1);
  }

  @Test
  void shouldCountADuplicateOnceAndSaySo() {
    take(tool(1, "search", "a", 1_000, Outcome.OK));
    Insert again = run.insert(fact(tool(1, "search", "a", 1_000, Outcome.OK)), windows);

    assertThat(again).isEqualTo(Insert.DUPLICATE);
    assertThat(summary().getToolCalls()).isEqualTo(1);
    assertThat(summary().getDuplicates()).isEqualTo(1);
  }

  @Test
  void shouldSummariseARunWithoutARootAsClosedByInactivity() {
    take(tool(1, "search", "a", 1_000, Outcome.OK));
    run.closeWithoutRoot(Facts.START + 601_000);

    assertThat(summary().getClosedBy()).isEqualTo(RunClose.INACTIVITY);
    assertThat(summary().getRootMissing()).isTrue();
    assertThat(windows.sum(SubjectKind.AGENT, Counter.RUNS)).isEqualTo(1);
  }

  @Test
  void shouldCountADenialAgainstItsRule() {
    AgentSpan denied = tool(1, "pay", "a", 1_000, Outcome.DENIED);
    denied.setPolicyRule("guard_blocked");
    take(denied);

    assertThat(summary().getDeniedByRule()).containsEntry("guard_blocked", 1);
    assertThat(windows.sum(SubjectKind.POLICY, Counter.POLICY_DENIED)).isEqualTo(1);
  }

  @Test
  void shouldSurviveSpansThatAreTheirOwnAncestors() {
    AgentSpan a = root(1, 1_000, Outcome.OK);
    AgentSpan b = Facts.span(2, SpanKind.STEP, 900, Outcome.OK);
    a.setParentSpanId(b.getSpanId());
    b.setParentSpanId(a.getSpanId());
    take(a);
    take(b);

    assertThat(summary().getSpans()).isEqualTo(2);
  }
}
