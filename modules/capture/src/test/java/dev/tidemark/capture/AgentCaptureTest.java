package dev.tidemark.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.redact.Redactor;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.CostSource;
import dev.tidemark.records.EventType;
import dev.tidemark.records.HumanDecision;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.Verdict;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an agent tells, and what is kept of it. */
class AgentCaptureTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private final Inbox inbox = new Inbox();
  private Instant now = START;
  private final CaptureConfig config =
      CaptureConfig.of(
              Map.of("bootstrap.servers", "127.0.0.1:9", "schema.registry.url", "mock://native"))
          .tenant("airline")
          .environment("production")
          .hashKey(new byte[32])
          .clock(() -> now);
  private final AgentCapture capture = AgentCapture.of(config, inbox);

  @Test
  void shouldSendTheRunAsRootOfItsCalls() {
    Run run = capture.startRun("booking").version("1.4").conversation("c-7").start();
    try (run;
        ToolCall call = run.toolCall("search").version("2").callId("call-1")) {
      now = now.plusMillis(250);
      call.ok("four hits");
      run.succeeded();
      now = now.plusMillis(50);
    }
    AgentSpan tool = inbox.spans.get(0);
    AgentSpan root = inbox.spans.get(1);
    assertThat(inbox.spans).hasSize(2);
    assertThat(root.getKind()).isEqualTo(SpanKind.RUN);
    assertThat(root.getParentSpanId()).isNull();
    assertThat(root.getOutcome()).isEqualTo(Outcome.OK);
    assertThat(root.getDurationUs()).isEqualTo(300_000);
    assertThat(root.getTraceId()).matches("[0-9a-f]{32}");
    assertThat(tool.getTraceId()).isEqualTo(root.getTraceId());
    assertThat(tool.getParentSpanId()).isEqualTo(root.getSpanId()).matches("[0-9a-f]{16}");
    assertThat(tool.getStartMs()).isEqualTo(START.toEpochMilli());
    assertThat(tool.getEndMs()).isEqualTo(START.toEpochMilli() + 250);
    assertThat(tool.getResultBytes()).isEqualTo(9);
    assertThat(tool.getTenant()).isEqualTo("airline");
    assertThat(tool.getConversationId()).isEqualTo("c-7");
    assertThat(tool.getAgentVersion()).isEqualTo("1.4");
    assertThat(tool.getToolCallId()).isEqualTo("call-1");
  }

  @Test
  void shouldKeepNoArgumentsButTheirHash() {
    try (Run run = capture.startRun("booking").start()) {
      run.toolCall("pay").arguments("{\"to\": \"Ann\", \"amount\": 1.0}").ok();
      run.toolCall("pay").arguments("{\"amount\":1,\"to\":\"Ann\"}").ok();
      run.toolCall("pay").arguments("{\"amount\":2,\"to\":\"Ann\"}").ok();
      run.toolCall("pay").arguments("not JSON").ok();
    }
    assertThat(inbox.spans.get(0).getArgumentsHash())
        .isEqualTo(inbox.spans.get(1).getArgumentsHash())
        .isNotEqualTo(inbox.spans.get(2).getArgumentsHash())
        .matches("[0-9a-f]{32}");
    assertThat(inbox.spans.get(0).getArgumentsBytes()).isEqualTo(28);
    assertThat(inbox.spans.get(3).getArgumentsHash()).hasSize(32);
    assertThat(inbox.spans.toString()).doesNotContain("Ann").doesNotContain("not JSON");
  }

  @Test
  void shouldTellDeniedFailedAndWaitingApart() {
    try (Run run = capture.startRun("booking").start()) {
      ToolCall first = run.toolCall("pay");
      first.failed(new IllegalStateException("card 4111 1111 1111 1111 refused"));
      run.toolCall("pay").attempt(2).retryOf(first).policy("limits", "3").denied("max_amount");
      run.toolCall("pay").awaitingHuman("d-1");
      run.toolCall("pay").timedOut();
    }
    AgentSpan failed = inbox.spans.get(0);
    AgentSpan denied = inbox.spans.get(1);
    assertThat(failed.getOutcome()).isEqualTo(Outcome.TOOL_ERROR);
    assertThat(failed.getErrorType()).isEqualTo("java.lang.IllegalStateException");
    assertThat(denied.getOutcome()).isEqualTo(Outcome.DENIED);
    assertThat(denied.getErrorType()).isNull();
    assertThat(denied.getPolicyRule()).isEqualTo("max_amount");
    assertThat(denied.getVerdict()).isEqualTo(Verdict.DENY);
    assertThat(denied.getAttempt()).isEqualTo(2);
    assertThat(denied.getRetryOfSpanId()).isEqualTo(failed.getSpanId());
    assertThat(inbox.spans.get(2).getOutcome()).isEqualTo(Outcome.AWAITING_HUMAN);
    assertThat(inbox.spans.get(2).getDecisionId()).isEqualTo("d-1");
    assertThat(inbox.spans.get(3).getOutcome()).isEqualTo(Outcome.TIMEOUT);
  }

  @Test
  void shouldSendACallOnceAndUnknownWhenNobodyToldItsEnd() {
    try (Run run = capture.startRun("booking").start()) {
      try (ToolCall call = run.toolCall("search")) {
        call.ok();
        call.failed("late_word");
        call.version("too late");
      }
      run.toolCall("search").close();
      run.close();
    }
    assertThat(inbox.spans).hasSize(3);
    assertThat(inbox.spans.get(0).getOutcome()).isEqualTo(Outcome.OK);
    assertThat(inbox.spans.get(0).getToolVersion()).isNull();
    assertThat(inbox.spans.get(1).getOutcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(inbox.spans.get(2).getOutcome()).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void shouldLeaveUntoldFiguresUnknown() {
    try (Run run = capture.startRun("booking").start()) {
      run.modelCall("m-1").ok();
      run.modelCall("m-1")
          .backend("fp_1")
          .tokens(100, 20)
          .cacheTokens(80, 0)
          .cost(new BigDecimal("0.00047446"), "USD")
          .retried(2, "invalid_answer")
          .ok();
      run.modelCall("m-1").tokens(-1, 5).cost(new BigDecimal("1e40"), "USD").failed("overloaded");
    }
    AgentSpan untold = inbox.spans.get(0);
    assertThat(untold.getInputTokens()).isNull();
    assertThat(untold.getCostMicros()).isNull();
    assertThat(untold.getCostSource()).isEqualTo(CostSource.UNKNOWN);
    AgentSpan told = inbox.spans.get(1);
    assertThat(told.getCostMicros()).isEqualTo(474);
    assertThat(told.getCacheReadTokens()).isEqualTo(80);
    assertThat(inbox.events.get(0).getCount()).isEqualTo(2);
    assertThat(inbox.events.get(0).getSpanId()).isEqualTo(told.getSpanId());
    var clean = Redactor.standard().span(inbox.spans.get(2));
    assertThat(clean.rejected()).isEqualTo(2);
    assertThat(clean.record().getInputTokens()).isNull();
    assertThat(clean.record().getOutputTokens()).isEqualTo(5);
    assertThat(clean.record().getCostMicros()).isNull();
  }

  @Test
  void shouldJoinADecisionToItsRequestWithoutTheName() {
    try (Run run = capture.startRun("booking").start()) {
      run.decision("d-1").policy("limits", "3", "max_amount").requested();
      run.decision("d-1").by("ann@example.com").decided(HumanDecision.APPROVED);
      run.handoff("human");
      run.evaluation("task_success", 1.0, true);
      run.event(EventType.CHECKPOINT, "paid");
    }
    AgentEvent decided = inbox.events.get(1);
    assertThat(inbox.events.get(0).getType()).isEqualTo(EventType.APPROVAL_REQUESTED);
    assertThat(decided.getDecisionId()).isEqualTo(inbox.events.get(0).getDecisionId());
    assertThat(decided.getHumanDecision()).isEqualTo(HumanDecision.APPROVED);
    assertThat(decided.getDecisionActor()).matches("p-[0-9a-f]{16}");
    assertThat(inbox.events.get(2).getHandoffTo()).isEqualTo("human");
    assertThat(inbox.events.get(3).getPassed()).isTrue();
    assertThat(inbox.events.get(4).getName()).isEqualTo("paid");
  }

  @Test
  void shouldNotInventADurationWhenTheClockStepsBack() {
    try (Run run = capture.startRun("booking").start()) {
      now = START.minusSeconds(5);
      run.toolCall("search").ok();
    }
    assertThat(inbox.spans.get(1).getDurationUs()).isNull();
    assertThat(inbox.spans.get(1).getStartMs()).isNull();
  }

  @Test
  void shouldTakeNullForUnknown() {
    try (Run run = capture.startRun(null).version(null).within(null, null).start()) {
      run.toolCall(null).arguments(null).retryOf(null).actor(null).failed((Throwable) null);
      run.modelCall(null).cost(null, null).ok();
      run.decision(null).about(null, null, null).by(null).decided(null);
      run.event(null, null);
      run.handoff(null);
      run.evaluation(null, Double.NaN, null);
    }
    assertThat(inbox.spans).hasSize(3);
    for (AgentSpan span : inbox.spans) {
      assertThat(Redactor.standard().span(span).record().getAgentName()).isEqualTo("unknown");
    }
    assertThat(Redactor.standard().event(inbox.events.get(3)).record().getScore()).isNull();
  }
}
