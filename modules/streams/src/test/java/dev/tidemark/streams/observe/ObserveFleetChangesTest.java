package dev.tidemark.streams.observe;

import static dev.tidemark.streams.observe.RandomFleet.START;
import static dev.tidemark.streams.observe.RandomFleet.tool;
import static dev.tidemark.streams.observe.RandomFleet.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.ChangeKind;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.testkit.oracle.LogEntry;
import dev.tidemark.wire.Partitioning;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The task that closes the windows of a fleet tells it what was rolled out, however far behind the
 * tasks are that close the windows of what was rolled out, and whoever dies.
 */
class ObserveFleetChangesTest {
  private static final int PARTITIONS = 8;
  private static final long WINDOW = START / 15_000 * 15_000;
  private static final ObserveConfig CONFIG =
      ObserveConfig.of(1, PARTITIONS).withClock(ObserveConfig.ArrivalClock.PRODUCER);

  @Test
  void shouldTellTheFleetBeforeAnyOtherTaskHasReadAnything() {
    ObserveRig rig = rig();
    play(rig);
    rig.merge(fleetHome(), Integer.MAX_VALUE);

    assertThat(rig.windows())
        .filteredOn(w -> w.getSeries().getSubjectKind() == SubjectKind.FLEET)
        .hasSizeGreaterThan(2);
    assertThat(ofFleet(rig))
        .extracting(ChangeEvent::getKind, ChangeEvent::getName, ChangeEvent::getVersion)
        .contains(
            org.assertj.core.groups.Tuple.tuple(ChangeKind.AGENT_VERSION, agent(), "2"),
            org.assertj.core.groups.Tuple.tuple(ChangeKind.TOOL_VERSION, "search", "7"));
    assertThat(ofFleet(rig))
        .extracting(ChangeEvent::getChangeId)
        .as("each once")
        .doesNotHaveDuplicates();
  }

  /** No window without counts, and none of a subject in the partition of the fleet. */
  @Test
  void shouldCloseNoWindowForANameAlone() {
    ObserveRig rig = rig();
    play(rig);
    for (int p = 0; p < PARTITIONS; p++) {
      rig.merge(p, Integer.MAX_VALUE);
    }

    assertThat(rig.windows()).isNotEmpty().allMatch(w -> w.getCounted() > 0 || counts(w));
    assertThat(rig.windows())
        .extracting(w -> w.getSeries() + " " + w.getWindowStartMs())
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void shouldTellTheSameThoughTasksDie(int frames) {
    ObserveRig whole = rig();
    play(whole);
    whole.merge(fleetHome(), Integer.MAX_VALUE);
    ObserveRig dying = rig();
    dying.dieOften(true, true);
    play(dying);
    for (int i = 0; i < 200; i++) {
      dying.merge(fleetHome(), frames);
    }

    assertThat(ofFleet(dying)).isEqualTo(ofFleet(whole)).isNotEmpty();
  }

  private static boolean counts(WindowRecord window) {
    return window.getAttempts() > 0 || window.getRuns() > 0;
  }

  private static List<ChangeEvent> ofFleet(ObserveRig rig) {
    return rig.changes().stream().filter(c -> "FLEET".equals(c.getSubjectKind())).toList();
  }

  private static String agent() {
    return tool(trace(1), 1, "search", WINDOW, Outcome.OK).getAgentName();
  }

  private static int fleetHome() {
    AgentSpan any = tool(trace(1), 1, "search", WINDOW, Outcome.OK);
    return Partitioning.subject(
        any.getTenant(), any.getEnvironment(), SubjectKind.FLEET.name(), "*", PARTITIONS);
  }

  /** A first version, then another version of the agent, then another one of its tool. */
  private static ObserveRig rig() {
    List<LogEntry> entries = new ArrayList<>();
    for (int n = 0; n < 12; n++) {
      long end = WINDOW + 1_000 + n * 15_000L;
      AgentSpan span = tool(trace(n + 1), 1, n % 2 == 0 ? "search" : "book", end, Outcome.OK);
      span.setAgentVersion(n < 4 ? "1" : "2");
      span.setToolVersion(n < 8 ? "6" : "7");
      entries.add(LogEntry.of(span, 0, n, end + 100));
    }
    entries.add(LogEntry.heartbeat(LogEntry.Topic.SPANS, 0, 12, WINDOW + 900_000));
    entries.add(LogEntry.heartbeat(LogEntry.Topic.EVENTS, 0, 0, WINDOW + 900_000));
    return new ObserveRig(CONFIG, entries);
  }

  /** The source reads everything; the joins pass its watermarks on. */
  private static void play(ObserveRig rig) {
    rig.clock(ObserveRig.WALL_START_MS);
    while (!rig.done(0, LogEntry.Topic.SPANS)) {
      rig.read(0, LogEntry.Topic.SPANS);
      rig.beat(0);
    }
    rig.read(0, LogEntry.Topic.EVENTS);
    rig.beat(0);
    for (int p = 0; p < PARTITIONS; p++) {
      rig.join(p, Integer.MAX_VALUE);
    }
  }
}
