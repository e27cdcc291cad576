package dev.tidemark.streams.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.detect.AlertKeys;
import dev.tidemark.core.detect.DetectorSettings;
import dev.tidemark.core.detect.DetectorStates;
import dev.tidemark.core.detect.DriftDetector;
import dev.tidemark.records.Alert;
import dev.tidemark.records.AlertStatus;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.CloseReason;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Finding;
import dev.tidemark.records.FindingAction;
import dev.tidemark.records.Severity;
import dev.tidemark.streams.detect.GuardedTool;
import dev.tidemark.testkit.TopologyHarness;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.StateStores;
import dev.tidemark.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlertTopologyTest {
  private final Topics topics = Topics.plain();
  private final AvroSerdes serdes = TopologyHarness.serdes();
  private final AlertTopology alert =
      new AlertTopology(new AlertConfig(Map.of("team", "payments")), topics, serdes);
  private final TopologyHarness harness = TopologyHarness.start(alert::build, serdes);

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void shouldFireWithWordsLabelsAndAParent() {
    Finding open = open();
    send(open);
    Alert fired = alerts().get(0);
    assertThat(fired.getStatus()).isEqualTo(AlertStatus.FIRING);
    assertThat(fired.getSeverity()).isEqualTo(Severity.CRITICAL);
    assertThat(fired.getSummary())
        .startsWith("Denial rate of tool send (agent teller v2) rose from 0.0 % (0 of 400) to 80 %")
        .endsWith("compared with version v1.");
    assertThat(fired.getLabels())
        .containsEntry("team", "payments")
        .containsEntry("subject", "send");
    assertThat(fired.getParentAlertKey())
        .isEqualTo(
            AlertKeys.parentOf(open.getSeries(), open.getSignal(), open.getDirection())
                .orElseThrow());
    assertThat(fired.getStartsAtMs()).isEqualTo(open.getWindowEndMs());
    assertThat(fired.getEndsAtMs()).isNull();
  }

  @Test
  void shouldWriteTheSameToTheHistory() {
    send(open());
    assertThat(harness.read(topics.alertsHistory()).stream().map(TestRecord::value).toList())
        .isEqualTo(alerts())
        .hasSize(1);
  }

  @Test
  void shouldChangeNothingWhenAFindingIsToldAgain() {
    send(open());
    send(open());
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void shouldKeepBothModesOfOneEpisode() {
    send(open());
    send(after(open(), 2, FindingAction.UPDATE, CloseReason.NONE, DetectionMode.SELF));
    Alert updated = alerts().get(1);
    assertThat(updated.getStatus()).isEqualTo(AlertStatus.UPDATED);
    assertThat(updated.getModes()).containsExactly(DetectionMode.FROZEN, DetectionMode.SELF);
    assertThat(updated.getStartsAtMs()).isEqualTo(open().getWindowEndMs());
  }

  /** They stand in another topic than windows: an opening may be told before they were read. */
  @Test
  void shouldTakeOverChangesThatWereReadLater() {
    Finding early = open();
    early.setChanges(List.of());
    send(early);
    Finding later = after(open(), 2, FindingAction.UPDATE, CloseReason.NONE, DetectionMode.FROZEN);
    ChangeEvent change =
        ChangeEvent.newBuilder()
            .setChangeId("c")
            .setName("send")
            .setVersion("2")
            .setTimeMs(1)
            .build();
    later.setChanges(List.of(change));
    send(later);
    send(after(open(), 3, FindingAction.UPDATE, CloseReason.NONE, DetectionMode.FROZEN));
    assertThat(alerts())
        .extracting(Alert::getChanges)
        .containsExactly(List.of(), List.of(change), List.of(change));
  }

  @Test
  void shouldEndAndCountTheNextEpisodeAsAFlap() {
    send(open());
    send(after(open(), 2, FindingAction.CLOSE, CloseReason.RESOLVED, DetectionMode.FROZEN));
    Finding again = after(open(), 3, FindingAction.OPEN, CloseReason.NONE, DetectionMode.FROZEN);
    again.setEpisodeId(again.getAlertKey() + "-" + again.getWindowEndMs());
    send(again);
    List<Alert> told = alerts();
    assertThat(told)
        .extracting(Alert::getStatus)
        .containsExactly(AlertStatus.FIRING, AlertStatus.RESOLVED, AlertStatus.FIRING);
    assertThat(told.get(1).getEndsAtMs()).isEqualTo(told.get(1).getUpdatedAtMs());
    assertThat(told).extracting(Alert::getFlapCount).containsExactly(0, 0, 1);
  }

  @Test
  void shouldGoOnAfterARestart() {
    send(open());
    harness.read(topics.alerts());
    harness.restart();
    send(open());
    send(after(open(), 2, FindingAction.CLOSE, CloseReason.SUPERSEDED, DetectionMode.FROZEN));
    assertThat(alerts()).extracting(Alert::getStatus).containsExactly(AlertStatus.SUPERSEDED);
    Alert stored = harness.<String, Alert>keyValues(StateStores.ALERTS).get(open().getAlertKey());
    assertThat(stored.getStatus()).isEqualTo(AlertStatus.SUPERSEDED);
  }

  @Test
  void shouldForgetAnAlertWhoseFindingIsErased() {
    send(open());
    harness.read(topics.alerts());
    harness.send(topics.findings(), open().getAlertKey(), null, 9L);
    harness.send(topics.findings(), "never heard of", null, 9L);
    assertThat(harness.read(topics.alerts()))
        .singleElement()
        .satisfies(
            erased -> {
              assertThat(erased.key()).isEqualTo(open().getAlertKey());
              assertThat(erased.value()).isNull();
            });
    assertThat(harness.<String, Alert>keyValues(StateStores.ALERTS).get(open().getAlertKey()))
        .isNull();
  }

  @Test
  void shouldSetPoisonAsideAndGoOn() {
    var raw =
        harness
            .driver()
            .createInputTopic(
                topics.findings().name(), new ByteArraySerializer(), new ByteArraySerializer());
    raw.pipeInput(null, "poison".getBytes(StandardCharsets.UTF_8), 5L);
    send(open());
    assertThat(harness.read(topics.deadLetters())).hasSize(1);
    assertThat(alerts()).hasSize(1);
  }

  /** What the detector says of a guard that starts to deny. */
  private static Finding open() {
    DetectorStates states = DetectorStates.inHeap();
    var detector = new DriftDetector(DetectorSettings.defaults(4));
    return GuardedTool.windows().stream()
        .flatMap(window -> detector.observe(window, states).stream())
        .findFirst()
        .orElseThrow();
  }

  private static Finding after(
      Finding open, long seq, FindingAction action, CloseReason reason, DetectionMode mode) {
    Finding next = Finding.newBuilder(open).setSeq(seq).setAction(action).build();
    next.setCloseReason(reason);
    next.setMode(mode);
    next.setFindingId(open.getEpisodeId() + "-" + seq);
    next.setWindowEndMs(open.getWindowEndMs() + seq * 15_000);
    return next;
  }

  private void send(Finding finding) {
    harness.send(topics.findings(), finding.getAlertKey(), finding, finding.getWindowEndMs());
  }

  private List<Alert> alerts() {
    return harness.read(topics.alerts()).stream().map(TestRecord::value).toList();
  }
}
