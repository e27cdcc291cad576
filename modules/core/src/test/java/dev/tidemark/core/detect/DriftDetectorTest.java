package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidemark.core.detect.FleetWindows.Call;
import dev.tidemark.core.detect.FleetWindows.Run;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.ChangeKind;
import dev.tidemark.records.ChangeSource;
import dev.tidemark.records.CloseReason;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Finding;
import dev.tidemark.records.FindingAction;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two versions of one agent with one tool, ten runs a minute, three calls each. */
class DriftDetectorTest {
  private static final long START = 1_700_000_010_000L / 15_000 * 15_000;
  private final DriftDetector detector =
      new DriftDetector(DetectorSettings.defaults(HeapStates.PARTITIONS));
  private final HeapStates states = new HeapStates();
  private final List<WindowRecord> windows = new ArrayList<>();
  private long now = START;
  private int runs;

  @Test
  void shouldFindAGuardThatStartsToDeny() {
    play("v1", 120, 0);
    play("v2", 60, 0.9);
    Finding finding = opened(feed(), SubjectKind.TOOL, Signal.DENIAL_RATE).get(0);
    assertThat(finding.getMode()).isEqualTo(DetectionMode.FROZEN);
    assertThat(finding.getBaseline().getAgentVersion()).isEqualTo("v1");
    assertThat(finding.getSeries().getAgentVersion()).isEqualTo("v2");
    assertThat(finding.getBefore().getX()).isZero();
    assertThat(finding.getAfter().getRate()).isGreaterThan(0.8);
    assertThat(finding.getAfter().getLow()).isGreaterThan(finding.getBefore().getHigh());
    assertThat(finding.getLogEvidence()).isGreaterThanOrEqualTo(finding.getThreshold());
    assertThat(finding.getWindowEndMs() - finding.getChangeMs()).isLessThan(180_000);
    assertThat(finding.getEpisodeId())
        .isEqualTo(finding.getAlertKey() + "-" + finding.getWindowEndMs());
  }

  @Test
  void shouldSeeInTheFleetWhatHasNoVersion() {
    play("v1", 120, 0);
    play("v2", 60, 0.9);
    Finding finding = opened(feed(), SubjectKind.FLEET, Signal.DENIAL_RATE).get(0);
    assertThat(finding.getMode()).isEqualTo(DetectionMode.SELF);
    assertThat(finding.getChangeLowMs()).isLessThanOrEqualTo(finding.getChangeMs());
    assertThat(finding.getChangeHighMs()).isGreaterThan(finding.getChangeMs());
  }

  @Test
  void shouldBeSilentWhenOnlyTheVersionChanges() {
    play("v1", 300, 0.1);
    play("v2", 300, 0.1);
    assertThat(feed()).isEmpty();
  }

  @Test
  void shouldOpenAnAlertOnceWhicheverModeSeesIt() {
    play("v1", 200, 0);
    play("v2", 150, 0);
    play("v2", 300, 0.9);
    List<Finding> told = of(feed(), SubjectKind.TOOL, Signal.DENIAL_RATE);
    assertThat(told).filteredOn(f -> f.getAction() == FindingAction.OPEN).hasSize(1);
    assertThat(told).extracting(Finding::getSeq).startsWith(1L, 2L).doesNotHaveDuplicates();
    assertThat(told.subList(0, 2))
        .extracting(Finding::getMode)
        .containsExactlyInAnyOrder(DetectionMode.SELF, DetectionMode.FROZEN);
  }

  @Test
  void shouldCloseWhenTheRateIsBack() {
    play("v1", 150, 0);
    play("v1", 60, 0.9);
    play("v1", 400, 0);
    List<Finding> told = of(feed(), SubjectKind.TOOL, Signal.DENIAL_RATE);
    Finding last = told.get(told.size() - 1);
    assertThat(last.getAction()).isEqualTo(FindingAction.CLOSE);
    assertThat(last.getCloseReason()).isEqualTo(CloseReason.RESOLVED);
    assertThat(last.getEpisodeId()).isEqualTo(told.get(0).getEpisodeId());
  }

  @Test
  void shouldCloseWhatANewVersionReplaced() {
    play("v1", 120, 0);
    play("v2", 60, 0.9);
    play("v3", 200, 0);
    assertThat(of(feed(), SubjectKind.TOOL, Signal.DENIAL_RATE))
        .filteredOn(f -> f.getCloseReason() == CloseReason.SUPERSEDED)
        .singleElement()
        .matches(f -> f.getSeries().getAgentVersion().equals("v2"));
  }

  @Test
  void shouldCloseWhatGaveNoMoreData() {
    play("v1", 120, 0);
    play("v1", 60, 0.9);
    now += 7 * 3_600_000L;
    play("v1", 1, 0);
    assertThat(of(feed(), SubjectKind.TOOL, Signal.DENIAL_RATE))
        .extracting(Finding::getCloseReason)
        .containsExactly(CloseReason.NONE, CloseReason.EXPIRED);
  }

  @Test
  void shouldNotListenToRevisionsOrRepetitions() {
    play("v1", 120, 0);
    play("v2", 60, 0.9);
    List<Finding> plain = feed();
    List<WindowRecord> noisy = new ArrayList<>();
    for (WindowRecord window : windows) {
      noisy.add(window);
      noisy.add(window);
      noisy.add(
          WindowRecord.newBuilder(window)
              .setRevision(1)
              .setCorrected(2)
              .setDenied(window.getAttempts())
              .build());
    }
    List<Finding> again = new HeapStates().feed(detector, noisy);
    assertThat(again)
        .extracting(Finding::getFindingId)
        .containsExactlyElementsOf(plain.stream().map(Finding::getFindingId).toList());
    assertThat(again.get(0).getLateDropped()).isPositive();
  }

  @Test
  void shouldNameWhatWasRolledOut() {
    play("v1", 120, 0);
    play("v2", 60, 0.9);
    ChangeEvent declared =
        ChangeEvent.newBuilder()
            .setChangeId("c1")
            .setTenant("t")
            .setEnvironment("e")
            .setKind(ChangeKind.PROMPT_VERSION)
            .setName("send")
            .setVersion("p7")
            .setTimeMs(START + 1)
            .setSource(ChangeSource.DECLARED)
            .build();
    SeriesKey tool = FleetWindows.key(SubjectKind.TOOL, "send", "teller", "v2");
    detector.announce(declared, START + 1, states.of(tool));
    List<Finding> findings = feed();
    assertThat(opened(findings, SubjectKind.TOOL, Signal.DENIAL_RATE).get(0).getChanges())
        .hasSize(3)
        .contains(declared)
        .first()
        .matches(c -> c.getSource() == ChangeSource.FIRST_SEEN && c.getVersion().equals("v2"));
    assertThat(opened(findings, SubjectKind.AGENT, Signal.DENIAL_RATE).get(0).getChanges())
        .first()
        .matches(c -> c.getPreviousVersion().equals("v1") && c.getName().equals("teller"));
  }

  /** Whoever's it was, the nearest before the change first; many of them push nobody out. */
  @Test
  void shouldNameInTheFleetWhatAnyAgentRolledOut() {
    play("v1", 120, 0);
    long changed = now;
    play("v2", 60, 0.9);
    DetectorStates fleet = states.of(FleetWindows.key(SubjectKind.FLEET, "*", "", ""));
    for (int i = 0; i < 100; i++) {
      detector.announce(ofTool("c" + i, changed - 1000L * i, "FLEET", "*"), START, fleet);
    }
    detector.announce(ofTool("c-later", changed + 600_000, "FLEET", "*"), START, fleet);
    List<Finding> findings = feed();
    assertThat(opened(findings, SubjectKind.FLEET, Signal.DENIAL_RATE).get(0).getChanges())
        .extracting(ChangeEvent::getChangeId)
        .containsExactly("c0", "c1", "c2");
    assertThat(opened(findings, SubjectKind.TOOL, Signal.DENIAL_RATE).get(0).getChanges())
        .noneMatch(change -> change.getChangeId().matches("c(-later|\\d+)"))
        .extracting(ChangeEvent::getKind, ChangeEvent::getVersion)
        .containsExactly(
            tuple(ChangeKind.AGENT_VERSION, "v2"), tuple(ChangeKind.TOOL_VERSION, "unknown"));
  }

  private static ChangeEvent ofTool(String id, long timeMs, String kind, String subject) {
    return ChangeEvent.newBuilder()
        .setChangeId(id)
        .setTenant("t")
        .setEnvironment("e")
        .setKind(ChangeKind.TOOL_VERSION)
        .setName("send")
        .setVersion(id)
        .setSubjectKind(kind)
        .setSubjectName(subject)
        .setTimeMs(timeMs)
        .setSource(ChangeSource.FIRST_SEEN)
        .build();
  }

  @Test
  void shouldSayTheSameOfTheSameWindows() {
    play("v1", 120, 0.05);
    play("v2", 60, 0.6);
    HeapStates other = new HeapStates();
    assertThat(feed()).isNotEmpty().isEqualTo(other.feed(detector, windows));
    assertThat(states.bytes()).isEqualTo(other.bytes());
  }

  private void play(String version, int count, double denials) {
    Random random = new Random(count * 31L + version.hashCode());
    FleetWindows fleet = new FleetWindows();
    for (int i = 0; i < count; i++) {
      List<Call> calls = new ArrayList<>();
      boolean before = false;
      for (int k = 0; k < 3; k++) {
        boolean denied = random.nextDouble() < denials;
        calls.add(new Call("send", false, denied, before, false, 2000L * k));
        before = denied;
      }
      fleet.add(new Run("run-" + runs++, calls, true, false, false), "teller", version, now);
      now += 6000;
    }
    now = (now / 15_000 + 2) * 15_000;
    windows.addAll(fleet.windows());
  }

  private List<Finding> feed() {
    return states.feed(detector, windows);
  }

  private static List<Finding> of(List<Finding> findings, SubjectKind kind, Signal signal) {
    return findings.stream()
        .filter(f -> f.getSeries().getSubjectKind() == kind && f.getSignal() == signal)
        .filter(f -> f.getDirection() == Direction.UP)
        .toList();
  }

  private static List<Finding> opened(List<Finding> findings, SubjectKind kind, Signal signal) {
    return of(findings, kind, signal).stream()
        .filter(f -> f.getAction() == FindingAction.OPEN)
        .toList();
  }
}
