package dev.tidemark.streams.observe;

import static dev.tidemark.streams.observe.RandomFleet.START;
import static dev.tidemark.streams.observe.RandomFleet.span;
import static dev.tidemark.streams.observe.RandomFleet.tool;
import static dev.tidemark.streams.observe.RandomFleet.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.ChangeKind;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import dev.tidemark.testkit.oracle.LogEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is new is told once: a tool, an agent, a model, a version of a prompt or of a policy. */
class ObserveVersionsTest {
  private static final long WINDOW = START / 15_000 * 15_000;
  private static final int PARTITIONS = 4;

  private static List<ChangeEvent> changes(List<AgentSpan> spans) {
    ObserveConfig config = ObserveConfig.of(1, 1).withClock(ObserveConfig.ArrivalClock.PRODUCER);
    try (ObserveHarness observe = new ObserveHarness(config, Instant.ofEpochMilli(START))) {
      spans.forEach(span -> observe.pipe(span, span.getEndMs() + 100));
      observe.heartbeat(WINDOW + 3_600_000);
      observe.beat(Duration.ofMillis(500));
      return observe.changes();
    }
  }

  private static List<ChangeEvent> ofKind(List<ChangeEvent> changes, ChangeKind kind) {
    return changes.stream()
        .filter(change -> change.getKind() == kind && !change.getSubjectKind().equals("FLEET"))
        .toList();
  }

  private static AgentSpan call(int run, String tool, String prompt) {
    AgentSpan span = tool(trace(run), 1, tool, WINDOW + run * 15_000L, Outcome.OK);
    span.setPromptVersion(prompt);
    return span;
  }

  @Test
  void shouldTellOfAToolThatTellsNoVersion() {
    List<ChangeEvent> changes = changes(List.of(call(1, "search", null), call(2, "search", null)));

    assertThat(ofKind(changes, ChangeKind.TOOL_VERSION))
        .extracting(ChangeEvent::getName, ChangeEvent::getVersion, ChangeEvent::getPreviousVersion)
        .containsExactly(tuple("search", "unknown", null));
  }

  @Test
  void shouldTellOfAModelAndOfAnAgent() {
    AgentSpan model = span(trace(1), 1, SpanKind.LLM, WINDOW, Outcome.OK);
    model.setModelName("large");
    List<ChangeEvent> changes = changes(List.of(model));

    assertThat(changes)
        .filteredOn(change -> !change.getSubjectKind().equals("FLEET"))
        .extracting(ChangeEvent::getKind, ChangeEvent::getName, ChangeEvent::getVersion)
        .containsExactlyInAnyOrder(
            tuple(ChangeKind.MODEL_VERSION, "large", "unknown"),
            tuple(ChangeKind.AGENT_VERSION, "support", "1"));
  }

  /** Whatever the windows are of, the agent and the fleet are told. */
  @Test
  void shouldTellOfEveryVersionOfThePromptOnce() {
    List<ChangeEvent> changes =
        changes(
            List.of(
                call(1, "search", "p1"),
                call(2, "book", "p1"),
                call(3, "search", "p2"),
                call(4, "search", "p1")));

    assertThat(ofKind(changes, ChangeKind.PROMPT_VERSION))
        .extracting(
            ChangeEvent::getName,
            ChangeEvent::getVersion,
            ChangeEvent::getPreviousVersion,
            ChangeEvent::getTimeMs)
        .containsExactly(
            tuple("support", "p1", null, WINDOW + 15_000),
            tuple("support", "p2", "p1", WINDOW + 45_000));
    assertThat(changes)
        .filteredOn(change -> change.getKind() == ChangeKind.PROMPT_VERSION)
        .filteredOn(change -> change.getSubjectKind().equals("FLEET"))
        .hasSize(2);
  }

  @Test
  void shouldTellOfARuleAndOfEveryVersionOfItsPolicy() {
    List<AgentSpan> spans = new ArrayList<>();
    for (int run = 1; run < 5; run++) {
      AgentSpan span = call(run, "pay", null);
      span.setPolicyRule("limit");
      span.setPolicyId("payments");
      span.setPolicyVersion(run < 3 ? "7" : "8");
      spans.add(span);
    }

    assertThat(ofKind(changes(spans), ChangeKind.POLICY_VERSION))
        .extracting(ChangeEvent::getName, ChangeEvent::getVersion, ChangeEvent::getSubjectName)
        .containsExactlyInAnyOrder(
            tuple("limit", "unknown", "limit"),
            tuple("payments", "7", "limit"),
            tuple("payments", "8", "limit"));
  }

  /** A prompt named after the hour is no version: what is remembered of an agent is bounded. */
  @Test
  void shouldTellOnlySoManyVersionsOfAPrompt() {
    List<AgentSpan> spans = new ArrayList<>();
    for (int i = 0; i < FirstSeen.VERSIONS + 50; i++) {
      AgentSpan span = tool(trace(i), 1, "search", WINDOW + i, Outcome.OK);
      span.setPromptVersion("p" + i);
      spans.add(span);
    }

    assertThat(ofKind(changes(spans), ChangeKind.PROMPT_VERSION)).hasSize(FirstSeen.VERSIONS);
  }

  /** Nobody rolls anything out with a record that comes when its window is over. */
  @Test
  void shouldNotTellOfWhatComesLateOnly() {
    ObserveConfig config = ObserveConfig.of(1, 1).withClock(ObserveConfig.ArrivalClock.PRODUCER);
    try (ObserveHarness observe = new ObserveHarness(config, Instant.ofEpochMilli(START))) {
      observe.pipe(call(1, "search", "p1"), WINDOW + 90_000);
      observe.heartbeat(WINDOW + 200_000);
      observe.beat(Duration.ofMillis(500));

      assertThat(ofKind(observe.changes(), ChangeKind.PROMPT_VERSION)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldTellTheSameThoughReadInOtherPiecesAndTasksDie(long seed) {
    List<ChangeEvent> whole = played(seed, false);

    assertThat(played(seed, true)).isEqualTo(whole);
    assertThat(ofKind(whole, ChangeKind.PROMPT_VERSION)).hasSizeGreaterThan(2);
    assertThat(ofKind(whole, ChangeKind.POLICY_VERSION)).hasSizeGreaterThan(2);
  }

  private static List<ChangeEvent> played(long seed, boolean dying) {
    ObserveRig rig =
        new ObserveRig(
            ObserveConfig.of(1, PARTITIONS).withClock(ObserveConfig.ArrivalClock.PRODUCER),
            entries(new Random(seed)));
    if (dying) {
      rig.dieOften(true, true);
    }
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
    for (int p = 0; p < PARTITIONS; p++) {
      for (int i = 0; i < 60; i++) {
        rig.merge(p, dying ? 3 : Integer.MAX_VALUE);
      }
    }
    return rig.changes().stream()
        .sorted(
            Comparator.comparing(ChangeEvent::getTimeMs)
                .thenComparing(ChangeEvent::getChangeId)
                .thenComparing(ChangeEvent::getSubjectKind)
                .thenComparing(ChangeEvent::getSubjectName))
        .toList();
  }

  private static List<LogEntry> entries(Random random) {
    List<LogEntry> entries = new ArrayList<>();
    long end = WINDOW;
    for (int n = 0; n < 40; n++) {
      end += random.nextInt(9_000);
      AgentSpan span = tool(trace(n), 1, "tool" + random.nextInt(3), end, Outcome.DENIED);
      span.setPromptVersion(random.nextInt(4) == 0 ? null : "p" + n / 10);
      span.setPolicyRule("rule" + random.nextInt(2));
      span.setPolicyVersion(random.nextInt(3) == 0 ? null : "v" + random.nextInt(2));
      entries.add(LogEntry.of(span, 0, n, end + 100));
    }
    entries.add(LogEntry.heartbeat(LogEntry.Topic.SPANS, 0, 40, end + 900_000));
    entries.add(LogEntry.heartbeat(LogEntry.Topic.EVENTS, 0, 0, end + 900_000));
    return entries;
  }
}
