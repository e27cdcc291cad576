package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.detect.FleetWindows.Call;
import dev.tidemark.core.detect.FleetWindows.Run;
import dev.tidemark.core.sketch.ExponentialSketch;
import dev.tidemark.records.AlertDecision;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.ChangeKind;
import dev.tidemark.records.CloseReason;
import dev.tidemark.records.DecisionAction;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Finding;
import dev.tidemark.records.FindingAction;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Decisions, silence and order: one agent with one tool, ten runs a minute, three calls each. */
class DriftDetectorLifeTest {
  private static final long WINDOW = FleetWindows.WINDOW_MS;
  private static final long START = 1_700_000_010_000L / 300_000 * 300_000;
  private final DriftDetector detector =
      new DriftDetector(DetectorSettings.defaults(HeapStates.PARTITIONS));
  private final DetectorStates states = DetectorStates.inHeap();
  private final List<Finding> told = new ArrayList<>();
  private long now = START;
  private int runs;

  @Test
  void shouldTakeAnAcceptedRateAsTheBaseline() {
    play("v1", 150, 0.02);
    play("v1", 80, 0.8);
    Finding open = first(Signal.DENIAL_RATE);
    decide(open, DecisionAction.ACCEPT);
    play("v1", 200, 0.8);
    List<Finding> denials = of(Signal.DENIAL_RATE);
    assertThat(denials)
        .filteredOn(f -> f.getCloseReason() == CloseReason.ACCEPTED)
        .singleElement()
        .matches(f -> "ann".equals(f.getNotedBy()) && f.getSeq() > open.getSeq());
    assertThat(denials).filteredOn(f -> f.getAction() == FindingAction.OPEN).hasSize(1);
    play("v1", 200, 0.02);
    assertThat(of(Signal.DENIAL_RATE))
        .filteredOn(f -> f.getAction() == FindingAction.OPEN)
        .extracting(Finding::getDirection)
        .as("going back is a change now")
        .containsExactly(Direction.UP, Direction.DOWN);
  }

  @Test
  void shouldAcceptOnlyFromTheDecisionOn() {
    play("v1", 150, 0.02);
    play("v1", 80, 0.8);
    AlertDecision later = decision(first(Signal.DENIAL_RATE), DecisionAction.ACCEPT);
    later.setTimeMs(now + 1_200_000);
    detector.decide(later, states);
    play("v1", 60, 0.8);
    assertThat(told).noneMatch(f -> f.getCloseReason() == CloseReason.ACCEPTED);
    now += 1_200_000;
    play("v1", 10, 0.8);
    assertThat(told)
        .filteredOn(f -> f.getCloseReason() == CloseReason.ACCEPTED)
        .singleElement()
        .matches(f -> f.getWindowEndMs() >= later.getTimeMs());
  }

  @Test
  void shouldTellANoteAndKeepFiring() {
    play("v1", 150, 0.02);
    play("v1", 80, 0.8);
    detector.decide(decision(first(Signal.DENIAL_RATE), DecisionAction.NOTE), states);
    detector.decide(decision(first(Signal.DENIAL_RATE), DecisionAction.UNKNOWN), states);
    assertThat(detector.tick(now + WINDOW, states))
        .filteredOn(f -> f.getSignal() == Signal.DENIAL_RATE)
        .singleElement()
        .matches(f -> f.getAction() == FindingAction.NOTE && f.getNote().equals("known"));
    play("v1", 10, 0.8);
    assertThat(of(Signal.DENIAL_RATE))
        .noneMatch(f -> f.getAction() == FindingAction.NOTE)
        .noneMatch(f -> f.getAction() == FindingAction.CLOSE);
  }

  @Test
  void shouldNotAcceptAnotherEpisode() {
    play("v1", 150, 0.02);
    play("v1", 80, 0.8);
    AlertDecision decision = decision(first(Signal.DENIAL_RATE), DecisionAction.ACCEPT);
    decision.setEpisodeId(decision.getAlertKey() + "-1");
    detector.decide(decision, states);
    play("v1", 10, 0.8);
    assertThat(told).noneMatch(f -> f.getCloseReason() == CloseReason.ACCEPTED);
  }

  /** When an episode ends is a matter of windows, not of when somebody looked. */
  @Test
  void shouldExpireAtTheSameTimeHoweverOftenItIsTicked() {
    play("v1", 120, 0);
    play("v1", 60, 0.9);
    long end = now;
    List<Finding> often = new ArrayList<>();
    for (long t = end; t < end + 8 * 3_600_000L; t += 60_000) {
      often.addAll(detector.tick(t, states));
    }
    assertThat(often)
        .filteredOn(f -> f.getSignal() == Signal.DENIAL_RATE)
        .filteredOn(f -> f.getSeries().getSubjectKind() == SubjectKind.TOOL)
        .singleElement()
        .matches(f -> f.getCloseReason() == CloseReason.EXPIRED);
    DriftDetectorLifeTest other = new DriftDetectorLifeTest();
    other.play("v1", 120, 0);
    other.play("v1", 60, 0.9);
    List<Finding> once = other.detector.tick(end + 8 * 3_600_000L, other.states);
    assertThat(byKey(once)).isEqualTo(byKey(often));
  }

  @Test
  void shouldFindAnOutageByItsSilence() {
    play("v1", 15_000, 0);
    told.clear();
    for (int i = 0; i < 40; i++) {
      now += 60_000;
      told.addAll(detector.tick(now, states));
    }
    assertThat(of(Signal.VOLUME))
        .filteredOn(f -> f.getAction() == FindingAction.OPEN)
        .extracting(f -> f.getSeries().getSubjectKind())
        .contains(SubjectKind.AGENT);
    Finding volume = first(Signal.VOLUME);
    assertThat(volume.getDirection()).isEqualTo(Direction.DOWN);
    assertThat(volume.getAfter().getRate()).isZero();
    assertThat(volume.getBefore().getRate()).isBetween(40.0, 60.0);
    assertThat(AlertText.summary(volume)).contains("0.0 runs in 5 minutes");
  }

  @Test
  void shouldCompareVersionsThatAreAliveTogether() {
    Random random = new Random(11);
    for (int i = 0; i < 900; i++) {
      double season = 0.1 + 0.08 * Math.sin(i / 60.0);
      run("v1", season, random);
      run("v1", season, random);
      if (i > 100) {
        run("v2", Math.min(1, 5 * season), random);
      }
      now += WINDOW;
      told.addAll(detector.tick(now, states));
    }
    assertThat(of(Signal.DENIAL_RATE))
        .filteredOn(f -> f.getSeries().getAgentVersion().equals("v2"))
        .extracting(Finding::getMode)
        .contains(DetectionMode.CANARY);
  }

  @Test
  void shouldTellWhereEverySignalStands() {
    play("v1", 20, 0.02);
    Map<SignalState.Label, List<SignalState>> early = labels();
    assertThat(early)
        .containsKey(SignalState.Label.INSUFFICIENT_BASELINE)
        .doesNotContainKey(SignalState.Label.FIRING);
    assertThat(early.get(SignalState.Label.INSUFFICIENT_BASELINE))
        .allMatch(state -> state.needed() > 0);
    play("v1", 130, 0.02);
    play("v1", 80, 0.8);
    assertThat(labels().get(SignalState.Label.FIRING))
        .extracting(SignalState::signal)
        .contains(Signal.DENIAL_RATE);
    told.addAll(detector.tick(now + 3_600_000, states));
    assertThat(labels())
        .as("what fires goes on firing")
        .containsOnlyKeys(SignalState.Label.NO_DATA, SignalState.Label.FIRING);
  }

  @Test
  void shouldTellAnErrorTypeThatIsNewAsAFact() {
    play("v1", 300, 0);
    ChangeEvent change =
        ChangeEvent.newBuilder()
            .setChangeId("c1")
            .setTenant("t")
            .setEnvironment("e")
            .setKind(ChangeKind.AGENT_VERSION)
            .setName("teller")
            .setVersion("v1")
            .setTimeMs(START)
            .build();
    detector.announce(change, START, states);
    WindowRecord window = FleetWindows.empty(tool("v1"), now);
    window.setAttempts(10);
    window.setErrors(3);
    window.setErrorTypes(Map.of("timeout", 3L));
    window.setExemplars(List.of());
    List<Finding> facts = detector.observe(window, states);
    assertThat(facts)
        .filteredOn(f -> f.getSignal() == Signal.NEW_ERROR_TYPE)
        .singleElement()
        .matches(f -> f.getItem().equals("timeout") && f.getBudgetPerDay() == 0)
        .matches(f -> f.getChanges().contains(change));
    now += 4_000_000;
    told.clear();
    play("v2", 5, 0);
    assertThat(of(Signal.NEW_ERROR_TYPE))
        .singleElement()
        .matches(f -> f.getCloseReason() == CloseReason.EXPIRED)
        .matches(f -> f.getEpisodeId().equals(facts.get(0).getEpisodeId()));
  }

  /** The state of one signal: both modes and the canary, their history and their change points. */
  @Test
  void shouldKeepASignalInSevenHundredBytesOnAverage() {
    play("v1", 2000, 0.1);
    play("v2", 2000, 0.1);
    long[] sum = new long[2];
    states.each(
        "signal",
        (key, bytes) -> {
          sum[0] += bytes.length;
          sum[1]++;
        });
    assertThat(sum[1]).isGreaterThan(20);
    assertThat(sum[0] / sum[1]).as("bytes per series and signal").isLessThanOrEqualTo(700);
  }

  private static List<String> byKey(List<Finding> findings) {
    TreeMap<String, String> ids = new TreeMap<>();
    findings.stream()
        .sorted(Comparator.comparing(Finding::getSeq))
        .forEach(
            f ->
                ids.merge(
                    f.getAlertKey(),
                    f.getFindingId() + f.getAction() + f.getCloseReason() + f.getWindowEndMs(),
                    String::concat));
    return List.copyOf(ids.values());
  }

  private Map<SignalState.Label, List<SignalState>> labels() {
    TreeMap<SignalState.Label, List<SignalState>> labels = new TreeMap<>();
    DetectorSettings settings = DetectorSettings.defaults(HeapStates.PARTITIONS);
    SignalStates all = new SignalStates(states, settings);
    all.series().stream()
        .flatMap(series -> all.of(series.key()).stream())
        .forEach(s -> labels.computeIfAbsent(s.label(), l -> new ArrayList<>()).add(s));
    return labels;
  }

  private void decide(Finding about, DecisionAction action) {
    detector.decide(decision(about, action), states);
  }

  private AlertDecision decision(Finding about, DecisionAction action) {
    AlertDecision decision = new AlertDecision();
    decision.setDecisionId("d-" + action);
    decision.setAlertKey(about.getAlertKey());
    decision.setAction(action);
    decision.setSeries(about.getSeries());
    decision.setSignal(about.getSignal());
    decision.setDirection(about.getDirection());
    decision.setActor("ann");
    decision.setTimeMs(now);
    decision.setNote("known");
    return decision;
  }

  private static SeriesKey tool(String version) {
    return FleetWindows.key(SubjectKind.TOOL, "send", "teller", version);
  }

  private List<Finding> of(Signal signal) {
    return told.stream()
        .filter(f -> f.getSignal() == signal)
        .filter(
            f ->
                signal == Signal.VOLUME
                    ? f.getSeries().getSubjectKind() == SubjectKind.AGENT
                    : f.getSeries().getSubjectKind() == SubjectKind.TOOL)
        .toList();
  }

  private Finding first(Signal signal) {
    return of(signal).get(0);
  }

  private void play(String version, int count, double denials) {
    Random random = new Random(count * 31L + version.hashCode());
    FleetWindows fleet = new FleetWindows();
    for (int i = 0; i < count; i++) {
      fleet.add(run(denials, random), "teller", version, now);
      now += 6000;
    }
    now = (now / WINDOW + 2) * WINDOW;
    observe(fleet);
  }

  private void run(String version, double denials, Random random) {
    FleetWindows fleet = new FleetWindows();
    fleet.add(run(denials, random), "teller", version, now);
    observe(fleet);
  }

  private Run run(double denials, Random random) {
    List<Call> calls = new ArrayList<>();
    boolean before = false;
    for (int k = 0; k < 3; k++) {
      boolean denied = random.nextDouble() < denials;
      calls.add(new Call("send", false, denied, before, false, 2000L * k));
      before = denied;
    }
    return new Run("run-" + runs++, calls, true, false, false);
  }

  private void observe(FleetWindows fleet) {
    for (WindowRecord window : fleet.windows()) {
      ExponentialSketch latency = new ExponentialSketch();
      for (int i = 0; i < window.getAttempts(); i++) {
        latency.add(400_000 + 1000L * (i % 50), 1);
      }
      window.setLatency(window.getAttempts() > 0 ? latency.toRecord() : null);
      told.addAll(detector.observe(window, states));
    }
  }
}
