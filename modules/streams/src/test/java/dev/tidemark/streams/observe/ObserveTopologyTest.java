package dev.tidemark.streams.observe;

import static dev.tidemark.streams.observe.RandomFleet.START;
import static dev.tidemark.streams.observe.RandomFleet.span;
import static dev.tidemark.streams.observe.RandomFleet.tool;
import static dev.tidemark.streams.observe.RandomFleet.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.AgentRun;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.ChangeKind;
import dev.tidemark.records.DeadLetter;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.RunClose;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObserveTopologyTest {
  private static final long WINDOW = START / 15_000 * 15_000;
  private static final Duration BEAT = Duration.ofMillis(500);
  private final ObserveHarness observe =
      new ObserveHarness(
          ObserveConfig.of(1, 1).withClock(ObserveConfig.ArrivalClock.PRODUCER),
          Instant.ofEpochMilli(START));

  @AfterEach
  void close() {
    observe.close();
  }

  private List<WindowRecord> windowsOf(SubjectKind kind) {
    return observe.windows().stream().filter(w -> w.getSeries().getSubjectKind() == kind).toList();
  }

  private void heartbeat(long arrivalMs) {
    observe.heartbeat(arrivalMs);
    observe.beat(BEAT);
  }

  @Test
  void shouldKeepAWindowOpenUntilTheWatermarkReachesItsEnd() {
    observe.pipe(tool(trace(1), 1, "search", WINDOW + 14_999, Outcome.OK), WINDOW + 15_100);
    heartbeat(WINDOW + 29_999);
    assertThat(observe.windows()).isEmpty();

    heartbeat(WINDOW + 30_000);
    assertThat(windowsOf(SubjectKind.TOOL))
        .singleElement()
        .satisfies(w -> assertThat(w.getAttempts()).isEqualTo(1))
        .satisfies(w -> assertThat(w.getWindowStartMs()).isEqualTo(WINDOW));
  }

  /** [ last ms in ][ first ms out ] */
  @Test
  void shouldPutTheFirstMillisecondAfterTheEndIntoTheNextWindow() {
    observe.pipe(tool(trace(1), 1, "search", WINDOW + 14_999, Outcome.OK), WINDOW + 15_000);
    observe.pipe(tool(trace(1), 2, "search", WINDOW + 15_000, Outcome.OK), WINDOW + 15_000);
    heartbeat(WINDOW + 60_000);

    assertThat(windowsOf(SubjectKind.TOOL))
        .extracting(WindowRecord::getWindowStartMs)
        .containsExactly(WINDOW, WINDOW + 15_000);
  }

  @Test
  void shouldReviseAClosedWindowForALateSpan() {
    observe.pipe(tool(trace(1), 1, "search", WINDOW + 1_000, Outcome.OK), WINDOW + 1_100);
    heartbeat(WINDOW + 40_000);
    observe.pipe(tool(trace(2), 1, "search", WINDOW + 2_000, Outcome.OK), WINDOW + 50_000);
    heartbeat(WINDOW + 60_000);

    List<WindowRecord> windows = windowsOf(SubjectKind.TOOL);
    assertThat(windows).extracting(WindowRecord::getRevision).containsExactly(0, 1);
    assertThat(windows).extracting(WindowRecord::getAttempts).containsExactly(1L, 2L);
    assertThat(windows.get(1).getLate()).isEqualTo(1);
  }

  @Test
  void shouldCloseWithoutTheQuietTopicHoldingItUp() {
    observe.pipe(tool(trace(1), 1, "search", WINDOW + 1_000, Outcome.OK), WINDOW + 1_100);
    observe.pipe(tool(trace(1), 2, "search", WINDOW + 41_000, Outcome.OK), WINDOW + 41_100);
    observe.beat(BEAT);

    assertThat(windowsOf(SubjectKind.TOOL)).hasSize(1);
  }

  @Test
  void shouldSummariseARunOnceItsRootIsBehindTheWatermark() {
    observe.pipe(tool(trace(1), 1, "search", WINDOW + 1_000, Outcome.TOOL_ERROR), WINDOW + 1_100);
    observe.pipe(tool(trace(1), 2, "search", WINDOW + 2_000, Outcome.OK), WINDOW + 2_100);
    observe.pipe(span(trace(1), 9, SpanKind.RUN, WINDOW + 3_000, Outcome.OK), WINDOW + 3_100);
    heartbeat(WINDOW + 30_000);

    AgentRun run = observe.runs().get(0);
    assertThat(run.getClosedBy()).isEqualTo(RunClose.ROOT);
    assertThat(run.getSilentRecovery()).isTrue();
    assertThat(run.getSpanOffsets()).containsExactly(0L, 1L, 1L);
  }

  @Test
  void shouldCloseARunWithoutARootAfterSilence() {
    observe.pipe(tool(trace(1), 1, "search", WINDOW + 1_000, Outcome.OK), WINDOW + 1_100);
    heartbeat(WINDOW + 500_000);
    assertThat(observe.runs()).isEmpty();
    heartbeat(WINDOW + 1_000 + 600_000 + 30_000);

    assertThat(observe.runs())
        .singleElement()
        .satisfies(run -> assertThat(run.getClosedBy()).isEqualTo(RunClose.INACTIVITY));
  }

  @Test
  void shouldTellANewVersionOnce() {
    observe.pipe(tool(trace(1), 1, "search", WINDOW + 1_000, Outcome.OK), WINDOW + 1_100);
    AgentSpan newer = tool(trace(2), 1, "search", WINDOW + 31_000, Outcome.OK);
    newer.setAgentVersion("2");
    observe.pipe(newer, WINDOW + 31_100);
    heartbeat(WINDOW + 90_000);

    assertThat(observe.changes())
        .filteredOn(c -> "TOOL".equals(c.getSubjectKind()) && "2".equals(c.getVersion()))
        .singleElement()
        .satisfies(c -> assertThat(c.getKind()).isEqualTo(ChangeKind.AGENT_VERSION))
        .satisfies(c -> assertThat(c.getPreviousVersion()).isEqualTo("1"));
  }

  /** Its windows stand in another partition than those of what was rolled out. */
  @Test
  void shouldTellTheFleetOnceWhatWasRolledOut() {
    observe.pipe(tool(trace(1), 1, "search", WINDOW + 1_000, Outcome.OK), WINDOW + 1_100);
    for (int n = 2; n < 4; n++) {
      AgentSpan newer = tool(trace(n), 1, n == 2 ? "search" : "book", WINDOW + 31_000, Outcome.OK);
      newer.setAgentVersion("2");
      observe.pipe(newer, WINDOW + 31_100);
    }
    heartbeat(WINDOW + 90_000);

    assertThat(observe.changes())
        .filteredOn(c -> "FLEET".equals(c.getSubjectKind()) && "2".equals(c.getVersion()))
        .singleElement()
        .satisfies(c -> assertThat(c.getSubjectName()).isEqualTo("*"))
        .satisfies(c -> assertThat(c.getKind()).isEqualTo(ChangeKind.AGENT_VERSION))
        .satisfies(c -> assertThat(c.getPreviousVersion()).isEqualTo("1"))
        .satisfies(c -> assertThat(c.getTimeMs()).isEqualTo(WINDOW + 30_000));
  }

  @Test
  void shouldSendWhatItCannotReadToDeadLettersWithoutItsContent() {
    byte[] json = "{\"password\":\"hunter2\"}".getBytes(StandardCharsets.UTF_8);
    observe.raw(Topics.plain().spans(), trace(1), json, WINDOW);

    DeadLetter letter = observe.deadLetters().get(0);
    assertThat(letter.getReason()).isEqualTo("NOT_REGISTRY_FRAMED");
    assertThat(letter.getValueBytes()).isEqualTo(json.length);
    assertThat(letter.toString()).doesNotContain("hunter2");
  }

  @Test
  void shouldQuarantineAFutureWithoutMovingTime() {
    observe.pipe(tool(trace(1), 1, "search", WINDOW + 1_000, Outcome.OK), WINDOW + 1_100);
    observe.pipe(
        tool(trace(2), 1, "other", WINDOW + Duration.ofDays(365).toMillis(), Outcome.OK),
        WINDOW + 1_200);
    heartbeat(WINDOW + 20_000);

    assertThat(observe.deadLetters().get(0).getReason()).isEqualTo("FUTURE_TIME");
    assertThat(observe.windows()).isEmpty();
  }

  @Test
  void shouldRefuseIdsThatAreNone() {
    observe.pipe(tool("0".repeat(32), 1, "search", WINDOW, Outcome.OK), WINDOW + 100);

    assertThat(observe.deadLetters().get(0).getReason()).isEqualTo("BAD_ID");
  }
}
