package dev.tidemark.streams.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.AlertDecision;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.ChangeKind;
import dev.tidemark.records.ChangeSource;
import dev.tidemark.records.DeadLetter;
import dev.tidemark.records.DecisionAction;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Finding;
import dev.tidemark.records.FindingAction;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.testkit.TopologyHarness;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.StateStores;
import dev.tidemark.wire.Topics;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DetectTopologyTest {
  private final Topics topics = Topics.plain();
  private final AvroSerdes serdes = TopologyHarness.serdes();
  private final DetectTopology detect = new DetectTopology(DetectConfig.of(4), topics, serdes);
  private final TopologyHarness harness = TopologyHarness.start(detect::build, serdes);

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void shouldOpenAFindingForAGuardThatStartsToDeny() {
    GuardedTool.windows().forEach(this::send);
    Finding finding = findings().get(0);
    assertThat(finding.getAction()).isEqualTo(FindingAction.OPEN);
    assertThat(finding.getSignal()).isEqualTo(Signal.DENIAL_RATE);
    assertThat(finding.getMode()).isEqualTo(DetectionMode.FROZEN);
    assertThat(finding.getBaseline()).isEqualTo(GuardedTool.series("v1"));
    assertThat(finding.getChangeMs()).isEqualTo(GuardedTool.START_MS + 80 * 15_000);
  }

  @Test
  void shouldStampFindingsWithTheEndOfTheWindow() {
    GuardedTool.windows().forEach(this::send);
    List<TestRecord<String, Finding>> records = harness.read(topics.findings());
    assertThat(records).isNotEmpty();
    assertThat(records)
        .allMatch(r -> r.timestamp() == r.value().getWindowEndMs())
        .allMatch(r -> r.key().equals(r.value().getAlertKey()));
  }

  @Test
  void shouldTellWhatWasRolledOut() {
    ChangeEvent change =
        ChangeEvent.newBuilder()
            .setChangeId("c1")
            .setTenant("default")
            .setEnvironment("prod")
            .setKind(ChangeKind.AGENT_VERSION)
            .setName("teller")
            .setVersion("v2")
            .setPreviousVersion("v1")
            .setAgentName("teller")
            .setSource(ChangeSource.DECLARED)
            .setTimeMs(GuardedTool.START_MS + 79 * 15_000)
            .build();
    harness.send(topics.changes(), "c1", change, change.getTimeMs());
    GuardedTool.windows().forEach(this::send);
    assertThat(findings().get(0).getChanges()).contains(change);
  }

  @Test
  void shouldSetAsideADecisionAboutASeriesThatNeverToldAnything() {
    GuardedTool.windows().forEach(this::send);
    AlertDecision decision = new AlertDecision();
    decision.setDecisionId("d1");
    decision.setAlertKey("nobody");
    decision.setAction(DecisionAction.NOTE);
    decision.setSeries(GuardedTool.series("v9"));
    decision.setSignal(Signal.DENIAL_RATE);
    decision.setDirection(Direction.UP);
    decision.setActor("ann");
    decision.setNote("a typing error");
    decision.setTimeMs(GuardedTool.START_MS);
    harness.send(topics.decisions(), "d1", decision, decision.getTimeMs());
    assertThat(harness.read(topics.deadLetters()))
        .singleElement()
        .satisfies(r -> assertThat(r.value().getReason()).isEqualTo("UNKNOWN_SERIES"));
  }

  /** The copy that observe writes where the fleet's windows stand. */
  @Test
  void shouldTellInTheFleetWhatAnAgentRolledOut() {
    ChangeEvent change =
        ChangeEvent.newBuilder()
            .setChangeId("c1")
            .setTenant("default")
            .setEnvironment("prod")
            .setKind(ChangeKind.TOOL_VERSION)
            .setName("book")
            .setVersion("2")
            .setAgentName("teller")
            .setSubjectKind(SubjectKind.FLEET.name())
            .setSubjectName("*")
            .setSource(ChangeSource.FIRST_SEEN)
            .setTimeMs(GuardedTool.START_MS + 79 * 15_000)
            .build();
    harness.send(topics.changes(), "c1", change, change.getTimeMs());
    for (WindowRecord window : GuardedTool.windows()) {
      window.setSeries(new SeriesKey("default", "prod", SubjectKind.FLEET, "*", "", "", "", ""));
      send(window);
    }
    assertThat(findings())
        .filteredOn(f -> f.getSignal() == Signal.DENIAL_RATE)
        .first()
        .satisfies(f -> assertThat(f.getChanges()).containsExactly(change));
  }

  /** What processors keep in the heap must not matter. */
  @Test
  void shouldSayTheSameAfterARestartAtAnyWindow() {
    GuardedTool.windows().forEach(this::send);
    List<TestRecord<String, Finding>> once = harness.read(topics.findings());
    try (var other = TopologyHarness.start(detect::build, serdes)) {
      List<WindowRecord> windows = GuardedTool.windows();
      List<TestRecord<String, Finding>> pieces = new java.util.ArrayList<>();
      for (int i = 0; i < windows.size(); i++) {
        WindowRecord window = windows.get(i);
        other.send(topics.windows(), GuardedTool.key(window), window, window.getWindowEndMs());
        if (i % 7 == 3) {
          pieces.addAll(other.read(topics.findings()));
          other.restart();
        }
      }
      pieces.addAll(other.read(topics.findings()));
      assertThat(pieces).hasSameSizeAs(once);
      assertThat(pieces.stream().map(r -> r.value().toString()).toList())
          .isEqualTo(once.stream().map(r -> r.value().toString()).toList());
    }
  }

  @Test
  void shouldSetPoisonAsideAndGoOn() {
    var raw =
        harness
            .driver()
            .createInputTopic(
                topics.windows().name(), new ByteArraySerializer(), new ByteArraySerializer());
    raw.pipeInput(null, "{\"not\":\"avro\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8), 5L);
    GuardedTool.windows().forEach(this::send);
    DeadLetter letter = harness.read(topics.deadLetters()).get(0).value();
    assertThat(letter.getReason()).isEqualTo("NOT_REGISTRY_FRAMED");
    assertThat(letter.getRoom()).isEqualTo("detect");
    assertThat(findings()).isNotEmpty();
  }

  @Test
  void shouldSetAWindowAsideThatCannotBe() {
    WindowRecord window = GuardedTool.windows().get(0);
    window.setDenied(-1L);
    send(window);
    DeadLetter letter = harness.read(topics.deadLetters()).get(0).value();
    assertThat(letter.getReason()).isEqualTo("IMPOSSIBLE_WINDOW");
    assertThat(harness.<String, byte[]>keyValues(StateStores.DETECTORS).all().hasNext()).isFalse();
  }

  @Test
  void shouldIgnoreTombstones() {
    WindowRecord window = GuardedTool.windows().get(0);
    harness.send(topics.windows(), GuardedTool.key(window), null, window.getWindowEndMs());
    assertThat(findings()).isEmpty();
    assertThat(harness.<String, byte[]>keyValues(StateStores.DETECTORS).all().hasNext()).isFalse();
  }

  private void send(WindowRecord window) {
    harness.send(topics.windows(), GuardedTool.key(window), window, window.getWindowEndMs());
  }

  private List<Finding> findings() {
    return harness.read(topics.findings()).stream().map(TestRecord::value).toList();
  }
}
