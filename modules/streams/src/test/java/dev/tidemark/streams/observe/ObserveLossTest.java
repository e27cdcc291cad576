package dev.tidemark.streams.observe;

import static dev.tidemark.streams.observe.RandomFleet.START;
import static dev.tidemark.streams.observe.RandomFleet.tool;
import static dev.tidemark.streams.observe.RandomFleet.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.EventType;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What agents say they dropped is seen where their figures are, and is in none of them. */
class ObserveLossTest {
  private static final long WINDOW = START / 15_000 * 15_000;
  private final ObserveHarness observe =
      new ObserveHarness(
          ObserveConfig.of(1, 1).withClock(ObserveConfig.ArrivalClock.PRODUCER),
          Instant.ofEpochMilli(START));

  @AfterEach
  void close() {
    observe.close();
  }

  private void lose(String agent, String version, int count) {
    AgentEvent loss =
        AgentEvent.newBuilder()
            .setTraceId(trace(900 + count))
            .setEventId("loss")
            .setType(EventType.CAPTURE_LOSS)
            .setLabel("queue-full")
            .setTimeMs(WINDOW + 3_000)
            .setCount(count)
            .setAgentName(agent)
            .setAgentVersion(version)
            .build();
    observe.pipe(loss, WINDOW + 3_100);
  }

  private List<WindowRecord> windows() {
    observe.heartbeat(WINDOW + 40_000);
    observe.beat(Duration.ofMillis(500));
    return observe.windows();
  }

  private static long lost(List<WindowRecord> windows, SubjectKind kind) {
    return windows.stream()
        .filter(window -> window.getSeries().getSubjectKind() == kind)
        .mapToLong(WindowRecord::getCaptureLost)
        .sum();
  }

  /** Told twice, lost once. */
  @Test
  void shouldTellInTheWindowsOfTheAgentAndTheFleetWhatWasLost() {
    observe.pipe(tool(trace(1), 1, "search", WINDOW + 2_000, Outcome.OK), WINDOW + 2_100);
    lose("support", "1", 40);
    lose("support", "1", 40);

    List<WindowRecord> windows = windows();

    assertThat(lost(windows, SubjectKind.AGENT)).isEqualTo(40);
    assertThat(lost(windows, SubjectKind.FLEET)).isEqualTo(40);
    assertThat(windows).allSatisfy(window -> assertThat(window.getCounted()).isEqualTo(1));
    assertThat(observe.runs()).isEmpty();
  }

  /** An agent that does not tell its version gets no series for having lost something. */
  @Test
  void shouldTellTheFleetAloneWhenNoVersionIsTold() {
    lose("support", null, 7);

    assertThat(windows())
        .singleElement()
        .satisfies(w -> assertThat(w.getSeries().getSubjectKind()).isEqualTo(SubjectKind.FLEET))
        .satisfies(w -> assertThat(w.getCaptureLost()).isEqualTo(7));
    assertThat(observe.changes()).isEmpty();
  }

  @Test
  void shouldMeterWhatWasLostByAgent() {
    lose("support", "1", 3);
    lose("triage", null, 5);

    assertThat(observe.counted("capture-lost-by-agent", "support")).isEqualTo(3);
    assertThat(observe.counted("capture-lost-by-agent", "triage")).isEqualTo(5);
  }
}
