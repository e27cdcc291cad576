package dev.tidemark.streams.observe;

import static dev.tidemark.streams.observe.RandomFleet.START;
import static dev.tidemark.streams.observe.RandomFleet.span;
import static dev.tidemark.streams.observe.RandomFleet.tool;
import static dev.tidemark.streams.observe.RandomFleet.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Finding;
import dev.tidemark.records.FindingAction;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.testkit.oracle.LogEntry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A trace id that comes back after its run was forgotten counts once, whoever dies in between. */
class ObserveReturnTest {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;

  private final ObserveRig rig =
      new ObserveRig(
          ObserveConfig.of(1, 1).withClock(ObserveConfig.ArrivalClock.PRODUCER), List.of());
  private long wallMs = ObserveRig.WALL_START_MS;

  /**
   * The first record of the return waited until the run before it was forgotten; the second one did
   * not have to wait and came late, so it was sent at once. Read again, neither may wait.
   */
  @Test
  void shouldCountALateRecordOfAReturnOnceThoughTheTaskDies() {
    ends(1, START);
    ends(2, START + 30 * MINUTE);
    reached(START + 31 * MINUTE);
    spill();

    long back = START + HOUR + 10 * MINUTE;
    arrives(call(1, 21, back), back);
    reached(back + MINUTE);
    arrives(call(1, 22, back + 5_000), back + MINUTE + 10_000);
    rig.beat(0);
    rig.crashSource(0);
    reached(back + 10 * MINUTE);

    assertThat(attempts()).isEqualTo(4);
  }

  /**
   * Of a run that was forgotten an older copy stands in a block that another run keeps; it was
   * waiting for a human then, which would bring it back for a day.
   */
  @Test
  void shouldNotLinkAReturnToAnOlderCopyOfWhatWasForgotten() {
    waits(1, START);
    waits(2, START);
    reached(START + 12 * MINUTE);
    spill();
    ends(1, START + 20 * MINUTE);
    reached(START + 25 * MINUTE);
    spill();
    reached(START + 3 * HOUR);
    spill();

    rig.crashSource(0);
    long back = START + 4 * HOUR;
    arrives(call(1, 21, back), back);
    reached(back + 10 * MINUTE);

    assertThat(lastTool().getIdentical()).isZero();
  }

  /** The run that returned was not there again when the log of loops was read. */
  @Test
  void shouldTellTheEndOfALoopOfAReturnThoughTheTaskDies() {
    ends(1, START);
    ends(2, START + 30 * MINUTE);
    reached(START + 31 * MINUTE);
    spill();

    long back = START + HOUR + 10 * MINUTE;
    arrives(call(1, 21, back), back);
    reached(back + MINUTE);
    for (int i = 0; i < 4; i++) {
      arrives(call(1, 22 + i, back + MINUTE + i), back + MINUTE + i);
    }
    rig.crashSource(0);
    ends(1, back + 2 * MINUTE);
    reached(back + 20 * MINUTE);

    assertThat(rig.findings())
        .extracting(Finding::getAction)
        .containsExactly(FindingAction.OPEN, FindingAction.CLOSE);
  }

  /** Nothing is left of runs that were forgotten, whether or not a task died before. */
  @Test
  void shouldForgetWhatIsOver() {
    ends(1, START);
    ends(2, START + MINUTE);
    reached(START + 3 * MINUTE);
    spill();
    assertThat(rig.storedOfRuns(0)).isEqualTo(1);
    rig.crashSource(0);
    ends(3, START + 2 * HOUR);
    reached(START + 2 * HOUR + 3 * MINUTE);
    spill();
    reached(START + 5 * HOUR);
    spill();

    assertThat(rig.storedOfRuns(0)).isZero();
  }

  private void ends(int run, long endMs) {
    arrives(call(run, 10 + run, endMs), endMs);
    arrives(span(trace(run), 30 + run, SpanKind.RUN, endMs + 1, Outcome.OK), endMs + 1);
  }

  private void waits(int run, long endMs) {
    AgentSpan call = call(run, 40 + run, endMs);
    call.setOutcome(Outcome.AWAITING_HUMAN);
    arrives(call, endMs);
  }

  private static AgentSpan call(int run, int id, long endMs) {
    AgentSpan call = tool(trace(run), id, "search", endMs, Outcome.OK);
    call.setArgumentsHash("same");
    return call;
  }

  private void arrives(AgentSpan span, long arrivalMs) {
    rig.append(LogEntry.of(span, 0, 0, arrivalMs));
    rig.read(0, LogEntry.Topic.SPANS);
  }

  /** Both topics have been read up to an arrival. */
  private void reached(long arrivalMs) {
    for (LogEntry.Topic topic : LogEntry.Topic.values()) {
      rig.append(LogEntry.heartbeat(topic, 0, 0, arrivalMs));
      rig.read(0, topic);
    }
    rig.join(0, Integer.MAX_VALUE);
    rig.merge(0, Integer.MAX_VALUE);
  }

  private void spill() {
    wallMs += Duration.ofMinutes(1).toMillis();
    rig.clock(wallMs);
    rig.beat(0);
  }

  /** Of all windows of the tool as they were told last. */
  private long attempts() {
    return ShapePlay.byKey(rig.windows()).values().stream()
        .map(told -> told.get(told.size() - 1))
        .filter(window -> window.getSeries().getSubjectKind() == SubjectKind.TOOL)
        .mapToLong(WindowRecord::getAttempts)
        .sum();
  }

  private WindowRecord lastTool() {
    return rig.windows().stream()
        .filter(window -> window.getSeries().getSubjectKind() == SubjectKind.TOOL)
        .reduce((before, after) -> after)
        .orElseThrow();
  }
}
