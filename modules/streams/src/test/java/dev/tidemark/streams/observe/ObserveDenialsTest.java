package dev.tidemark.streams.observe;

import static dev.tidemark.streams.observe.RandomFleet.START;
import static dev.tidemark.streams.observe.RandomFleet.span;
import static dev.tidemark.streams.observe.RandomFleet.tool;
import static dev.tidemark.streams.observe.RandomFleet.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.EventType;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.Verdict;
import dev.tidemark.records.WindowRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A verdict comes through one topic and the call it denied through another: one denial. */
class ObserveDenialsTest {
  private static final long WINDOW = START / 15_000 * 15_000;
  private final ObserveHarness observe =
      new ObserveHarness(
          ObserveConfig.of(1, 1).withClock(ObserveConfig.ArrivalClock.PRODUCER),
          Instant.ofEpochMilli(START));

  @AfterEach
  void close() {
    observe.close();
  }

  private List<WindowRecord> windowsOf(SubjectKind kind, long arrivalMs) {
    observe.heartbeat(arrivalMs);
    observe.beat(Duration.ofMillis(500));
    return observe.windows().stream().filter(w -> w.getSeries().getSubjectKind() == kind).toList();
  }

  private static AgentEvent verdict(AgentSpan call, String rule, long timeMs) {
    AgentEvent event =
        AgentEvent.newBuilder()
            .setTraceId(call.getTraceId())
            .setEventId("verdict")
            .setType(EventType.GUARDRAIL_DECISION)
            .setTimeMs(timeMs)
            .setAgentName("support")
            .setAgentVersion("1")
            .build();
    event.setSpanId(call.getSpanId());
    event.setPolicyRule(rule);
    event.setVerdict(Verdict.DENY);
    return event;
  }

  @Test
  void shouldCountADenialOfAnEventAndItsCallOnceWhicheverComesFirst() {
    AgentSpan call = tool(trace(1), 1, "pay", WINDOW + 2_000, Outcome.DENIED);
    observe.pipe(call, WINDOW + 2_100);
    observe.pipe(verdict(call, "limit", WINDOW + 1_900), WINDOW + 2_200);
    AgentSpan other = tool(trace(2), 1, "pay", WINDOW + 3_000, Outcome.DENIED);
    observe.pipe(verdict(other, "limit", WINDOW + 2_900), WINDOW + 3_000);
    observe.pipe(other, WINDOW + 3_100);

    assertThat(windowsOf(SubjectKind.POLICY, WINDOW + 40_000))
        .singleElement()
        .satisfies(w -> assertThat(w.getSeries().getSubjectName()).isEqualTo("limit"))
        .satisfies(w -> assertThat(w.getPolicyDenied()).isEqualTo(2))
        .satisfies(w -> assertThat(w.getAttempts()).isEqualTo(2))
        .satisfies(w -> assertThat(w.getDenied()).isEqualTo(2));
  }

  @Test
  void shouldNameTheRuleInTheWindowsOfTheTool() {
    AgentSpan call = tool(trace(1), 1, "pay", WINDOW + 2_000, Outcome.DENIED);
    observe.pipe(verdict(call, "limit", WINDOW + 1_900), WINDOW + 2_000);
    observe.pipe(call, WINDOW + 2_100);

    assertThat(windowsOf(SubjectKind.TOOL, WINDOW + 40_000))
        .singleElement()
        .satisfies(w -> assertThat(w.getDeniedByRule()).isEqualTo(Map.of("limit", 1L)));
  }

  /** What is late revises its own rule and nothing else: the other topic may be read ahead. */
  @Test
  void shouldNotChangeTheCallWhenTheVerdictComesLate() {
    AgentSpan call = tool(trace(1), 1, "pay", WINDOW + 2_000, Outcome.DENIED);
    observe.pipe(call, WINDOW + 2_100);
    assertThat(windowsOf(SubjectKind.TOOL, WINDOW + 40_000)).hasSize(1);
    observe.pipe(verdict(call, "limit", WINDOW + 1_900), WINDOW + 41_000);
    observe.heartbeat(WINDOW + 60_000);
    observe.beat(Duration.ofMillis(500));

    List<WindowRecord> later = observe.windows();
    assertThat(later)
        .filteredOn(w -> w.getSeries().getSubjectKind() == SubjectKind.POLICY)
        .singleElement()
        .satisfies(w -> assertThat(w.getPolicyDenied()).isEqualTo(1));
    assertThat(later)
        .filteredOn(w -> w.getSeries().getSubjectKind() == SubjectKind.TOOL)
        .allSatisfy(w -> assertThat(w.getDeniedByRule()).isEqualTo(Map.of("unknown", 1L)));
  }

  /** The guardrail trips, and everything around it says so, too. */
  @Test
  void shouldCountATrippedGuardrailOnceThoughFourSpansRepeatIt() {
    AgentSpan guard = span(trace(1), 1, SpanKind.GUARDRAIL, WINDOW + 1_000, Outcome.DENIED);
    guard.setPolicyRule("tone");
    guard.setVerdict(Verdict.DENY);
    observe.pipe(guard, WINDOW + 1_100);
    for (int around = 2; around < 6; around++) {
      SpanKind kind = around == 5 ? SpanKind.RUN : SpanKind.STEP;
      AgentSpan outer = span(trace(1), around, kind, WINDOW + 1_000L * around, Outcome.DENIED);
      outer.setPolicyRule("tone");
      observe.pipe(outer, WINDOW + 1_000L * around + 100);
    }

    assertThat(windowsOf(SubjectKind.POLICY, WINDOW + 40_000))
        .singleElement()
        .satisfies(w -> assertThat(w.getPolicyDenied()).isEqualTo(1));
  }
}
