package dev.tidemark.streams.observe;

import static dev.tidemark.streams.observe.RandomFleet.START;
import static dev.tidemark.streams.observe.RandomFleet.span;
import static dev.tidemark.streams.observe.RandomFleet.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.Actor;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.CloseReason;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Exemplar;
import dev.tidemark.records.Finding;
import dev.tidemark.records.FindingAction;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SpanKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Loops are told at the call that completes them, while the run goes on. */
class ObserveLiveLoopTest {
  private static final long WINDOW = START / 15_000 * 15_000;
  private static final Duration BEAT = Duration.ofMillis(500);
  private final ObserveHarness observe =
      new ObserveHarness(
          ObserveConfig.of(1, 1).withClock(ObserveConfig.ArrivalClock.PRODUCER),
          Instant.ofEpochMilli(START));
  private int ids;
  private int seconds;
  private long arrivalMs = WINDOW;

  @BeforeEach
  void bothTopicsAreKnown() {
    observe.heartbeat(WINDOW);
  }

  @AfterEach
  void close() {
    observe.close();
  }

  private AgentSpan call(int second, String tool, String arguments) {
    AgentSpan span = RandomFleet.tool(trace(1), ++ids, tool, WINDOW + 1_000L * second, Outcome.OK);
    span.setArgumentsHash(arguments);
    return span;
  }

  private void pipe(AgentSpan... spans) {
    for (AgentSpan span : spans) {
      arrivalMs = Math.max(arrivalMs, span.getEndMs() + 50);
      observe.pipe(span, arrivalMs);
    }
  }

  /** Calls of one run, one a second, each a tool and its arguments such as {@code "a1"}. */
  private void pipe(String... calls) {
    for (String call : calls) {
      pipe(call(++seconds, call.substring(0, 1), call.substring(1)));
    }
  }

  private List<Finding> findings() {
    return observe.findings();
  }

  private List<String> alternatives() {
    return findings().stream().map(Finding::getAlternative).toList();
  }

  @Test
  void shouldTellTheFifthIdenticalCallAtOnce() {
    pipe("a1", "a1", "b1", "a1", "a2", "a1");
    assertThat(findings()).isEmpty();

    pipe("a1");
    Finding told = findings().get(0);
    assertThat(told.getSignal()).isEqualTo(Signal.LIVE_LOOP);
    assertThat(told.getAction()).isEqualTo(FindingAction.OPEN);
    assertThat(told.getMode()).isEqualTo(DetectionMode.LIMIT);
    assertThat(told.getSeq()).isEqualTo(1);
    assertThat(told.getSeries().getSubjectName()).isEqualTo("a");
    assertThat(told.getItem()).isEqualTo(trace(1));
    assertThat(told.getLimit()).isEqualTo("5 identical calls in a run");
    assertThat(told.getAfter().getX()).isEqualTo(5).isEqualTo(told.getAfter().getN());
    assertThat(told.getBefore().getX()).isZero();
    assertThat(told.getExemplars()).extracting(Exemplar::getTraceId).containsExactly(trace(1));
  }

  @Test
  void shouldTellWhenTheLoopBeganAndTheWindowOfTheCallThatCompletedIt() {
    AgentSpan first = call(3, "a", "1");
    first.setStartMs(WINDOW + 2_500);
    pipe(first, call(4, "a", "1"), call(5, "a", "1"), call(6, "a", "1"), call(17, "a", "1"));

    Finding told = findings().get(0);
    assertThat(told.getChangeMs()).isEqualTo(WINDOW + 2_500);
    assertThat(told.getWindowStartMs()).isEqualTo(WINDOW + 15_000);
    assertThat(told.getWindowEndMs()).isEqualTo(WINDOW + 30_000);
  }

  @Test
  void shouldTellALoopOnce() {
    for (int i = 0; i < 30; i++) {
      pipe("a1", "a2");
    }
    assertThat(alternatives()).containsExactly("identical", "period-of-two");
  }

  @Test
  void shouldTellEveryToolThatLoops() {
    for (int i = 0; i < 5; i++) {
      pipe("a1", "b1", "c" + i);
    }
    assertThat(findings())
        .extracting(f -> f.getSeries().getSubjectName())
        .containsExactly("a", "b");
  }

  @Test
  void shouldNotCountDuplicates() {
    AgentSpan call = call(1, "a", "1");
    for (int i = 0; i < 9; i++) {
      pipe(call);
    }
    assertThat(findings()).isEmpty();
  }

  @Test
  void shouldCountACallThatFailedAndWasTriedAgain() {
    for (int i = 1; i <= 5; i++) {
      AgentSpan call = call(i, "a", "1");
      call.setOutcome(i < 5 ? Outcome.TOOL_ERROR : Outcome.OK);
      pipe(call);
    }
    assertThat(alternatives()).containsExactly("identical");
  }

  @Test
  void shouldTellLoopsOfSpansThatComeOutOfOrder() {
    List<AgentSpan> calls = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      calls.add(call(i, "a", "1"));
    }
    Collections.shuffle(calls, new Random(4));
    pipe(calls.toArray(AgentSpan[]::new));
    observe.beat(BEAT);

    assertThat(findings())
        .singleElement()
        .satisfies(f -> assertThat(f.getAfter().getN()).isEqualTo(5))
        .satisfies(f -> assertThat(f.getChangeMs()).isLessThanOrEqualTo(WINDOW));
  }

  @Test
  void shouldKeepTheSidesOfTheConversationApart() {
    for (int i = 1; i <= 8; i++) {
      AgentSpan call = call(i, "a", "1");
      call.setActor(i % 2 == 0 ? Actor.USER : Actor.AGENT);
      pipe(call);
    }
    assertThat(findings()).isEmpty();
  }

  @Test
  void shouldNotTakeUnknownArgumentsForTheSame() {
    for (int i = 1; i <= 12; i++) {
      pipe(call(i, "a", null));
    }
    assertThat(findings()).isEmpty();
  }

  @Test
  void shouldTellTwoCallsInTurn() {
    pipe("a1", "b1", "a1", "b1", "a1", "b1", "a1", "b1", "a1");
    assertThat(alternatives()).containsExactly("identical");

    pipe("b1");
    List<Finding> told = findings();
    assertThat(told)
        .extracting(Finding::getAlternative)
        .containsExactlyInAnyOrder("identical", "period-of-two");
    Finding inTurn = told.get(1);
    assertThat(inTurn.getLimit()).isEqualTo("two calls in turn, 5 times, in a run");
    assertThat(inTurn.getAfter().getN()).isEqualTo(10);
    assertThat(inTurn.getSeries().getSubjectName()).isEqualTo("b");
    assertThat(told).extracting(Finding::getAlertKey).doesNotHaveDuplicates();
  }

  @Test
  void shouldTellThreeCallsInTurn() {
    for (int i = 0; i < 3; i++) {
      pipe("a1", "b1", "b2");
    }
    pipe("a1", "b1");
    assertThat(findings()).isEmpty();

    pipe("b2");
    assertThat(alternatives()).containsExactly("period-of-three");
  }

  @Test
  void shouldNotTakeOneCallForTwoInTurn() {
    pipe("a1", "a1", "a1", "a1", "a1", "a1", "a1", "a1", "a1", "a1", "a1", "a1", "a1");
    assertThat(alternatives()).containsExactly("identical");
  }

  @Test
  void shouldNotTellTurnsThatSomethingInterrupts() {
    pipe("a1", "b1", "c1", "a1", "b1", "c1", "d9", "a1", "b1", "c1", "a1", "b1", "c1");
    assertThat(findings()).isEmpty();
  }

  @Test
  void shouldResolveWhenTheRunHasEnded() {
    pipe("a1", "a1", "a1", "a1", "a1");
    Finding open = findings().get(0);
    pipe(span(trace(1), 900, SpanKind.RUN, WINDOW + 60_000, Outcome.OK));
    observe.heartbeat(WINDOW + 200_000);
    observe.beat(BEAT);

    Finding closed = findings().get(0);
    assertThat(closed.getAction()).isEqualTo(FindingAction.CLOSE);
    assertThat(closed.getCloseReason()).isEqualTo(CloseReason.RESOLVED);
    assertThat(closed.getSeq()).isEqualTo(2);
    assertThat(closed.getAlertKey()).isEqualTo(open.getAlertKey());
    assertThat(closed.getEpisodeId()).isEqualTo(open.getEpisodeId());
    assertThat(closed.getWindowEndMs()).isEqualTo(WINDOW + 75_000);
  }

  @Test
  void shouldExpireWhenTheRunFallsSilent() {
    pipe("a1", "a1", "a1", "a1", "a1");
    observe.heartbeat(WINDOW + 2_000_000);
    observe.beat(BEAT);

    assertThat(findings())
        .extracting(Finding::getCloseReason)
        .containsExactly(CloseReason.NONE, CloseReason.EXPIRED);
  }

  @Test
  void shouldNotCloseTwiceWhenTheRunIsRevised() {
    pipe("a1", "a1", "a1", "a1", "a1");
    pipe(span(trace(1), 900, SpanKind.RUN, WINDOW + 60_000, Outcome.OK));
    observe.heartbeat(WINDOW + 200_000);
    observe.pipe(call(2, "a", "1"), WINDOW + 201_000);
    observe.heartbeat(WINDOW + 300_000);
    observe.beat(BEAT);

    assertThat(observe.runs()).hasSize(2);
    assertThat(findings())
        .extracting(Finding::getAction)
        .containsExactly(FindingAction.OPEN, FindingAction.CLOSE);
  }
}
