package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.detect.FleetWindows.Call;
import dev.tidemark.core.detect.FleetWindows.Run;
import dev.tidemark.records.AlertDecision;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.ChangeKind;
import dev.tidemark.records.ChangeSource;
import dev.tidemark.records.CloseReason;
import dev.tidemark.records.DecisionAction;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Finding;
import dev.tidemark.records.FindingAction;
import dev.tidemark.records.PartSums;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Which orders of reading change no byte of a finding. Two tools of one agent, three versions that
 * live side by side for a while, with a tick behind every window end.
 */
class DriftDetectorOrderTest {
  private static final long START = 1_700_000_010_000L / 300_000 * 300_000;
  private static final long HOUR = 3_600_000;
  private static final int RUNS = 500;
  private final DriftDetector detector = new DriftDetector(DetectorSettings.defaults(1));
  private final TreeMap<Long, List<WindowRecord>> bounds = new TreeMap<>();

  @BeforeEach
  void play() {
    Random random = new Random(3);
    FleetWindows fleet = new FleetWindows();
    for (int i = 0; i < RUNS; i++) {
      String version =
          i < 250 ? "v1" : i < 400 ? pick(random, "v1", "v2") : pick(random, "v2", "v3");
      fleet.add(run(i, version.equals("v2"), random), "teller", version, START + 3000L * i);
    }
    for (WindowRecord window : fleet.windows()) {
      bounds.computeIfAbsent(window.getWindowEndMs(), e -> new ArrayList<>()).add(window);
    }
    bounds.values().forEach(DriftDetectorOrderTest::addParts);
  }

  @Test
  void shouldTellTheSameInWhateverOrderSubjectsAreReadWithinABound() {
    Map<String, List<Finding>> sorted = tell(UnaryOperator.identity());
    assertThat(sorted).hasSizeGreaterThan(10);
    for (int seed = 1; seed <= 3; seed++) {
      Random random = new Random(seed);
      assertThat(tell(windows -> bySubject(windows, random))).isEqualTo(sorted);
    }
  }

  /**
   * Versions of one subject are not free: a new one is compared with what the old one had counted
   * so far. Therefore observe tells the windows of a bound in the order of their series.
   */
  @Test
  void shouldTellTheSameOfVersionsOnlyInOneOrder() {
    Map<String, List<Finding>> sorted = tell(UnaryOperator.identity());
    Map<String, List<Finding>> reversed =
        tell(
            windows -> {
              Collections.reverse(windows);
              return windows;
            });
    assertThat(reversed.keySet()).isEqualTo(sorted.keySet());
    assertThat(reversed).isNotEqualTo(sorted);
    assertThat(tell(DriftDetectorOrderTest::sorted)).isEqualTo(sorted);
  }

  @Test
  void shouldNotMindWhichOfTwoChangesOfOneTimeWasReadFirst() {
    ChangeEvent byAgent = change("c1", "AGENT", "teller");
    ChangeEvent byTool = change("c1", "TOOL", "send");
    ChangeEvent other = change("c0", "TOOL", "send");
    DetectorStates one = DetectorStates.inHeap();
    DetectorStates two = DetectorStates.inHeap();
    List.of(byAgent, byTool, other).forEach(c -> detector.announce(c, START, one));
    List.of(other, byTool, byAgent).forEach(c -> detector.announce(c, START, two));
    assertThat(one.get(RecentChanges.KEY)).isEqualTo(two.get(RecentChanges.KEY));
  }

  @Test
  void shouldNotMindWhichOfTwoDecisionsOfOneTimeWasReadFirst() {
    Finding open =
        tell(UnaryOperator.identity()).values().stream()
            .flatMap(List::stream)
            .filter(f -> f.getAction() == FindingAction.OPEN)
            .findFirst()
            .orElseThrow();
    AlertDecision a = note(open, "a");
    AlertDecision b = note(open, "b");
    assertThat(noted(List.of(a, b), open.getWindowEndMs()))
        .isEqualTo(noted(List.of(b, a), open.getWindowEndMs()))
        .filteredOn(f -> f.getAction() == FindingAction.NOTE)
        .extracting(Finding::getNote)
        .containsExactly("a", "b");
  }

  /**
   * Of many bounds passed at once observe tells the last. Two hours of silence after the second
   * version, decisions and the end of all in it: who looked when decides nothing.
   */
  @Test
  void shouldTellTheSameWhicheverTicksAreTold() {
    Map<String, List<Finding>> all = ticked(end -> true);
    assertThat(all.values())
        .anyMatch(told -> told.stream().anyMatch(f -> f.getAction() == FindingAction.NOTE))
        .anyMatch(told -> told.stream().anyMatch(f -> f.getCloseReason() == CloseReason.ACCEPTED))
        .anyMatch(told -> told.stream().anyMatch(f -> f.getCloseReason() == CloseReason.EXPIRED))
        .anyMatch(
            told -> told.stream().anyMatch(f -> f.getCloseReason() == CloseReason.SUPERSEDED));
    assertThat(ticked(end -> false)).isEqualTo(all);
    for (int seed = 1; seed <= 3; seed++) {
      Random random = new Random(seed);
      assertThat(ticked(end -> random.nextInt(100) == 0)).as("seed %d", seed).isEqualTo(all);
    }
  }

  private Map<String, List<Finding>> ticked(LongPredicate told) {
    DetectorStates states = DetectorStates.inHeap();
    TreeMap<String, List<Finding>> byKey = new TreeMap<>();
    long end = bounds.lastKey() + 2 * HOUR;
    TreeMap<Long, List<AlertDecision>> decisions = new TreeMap<>();
    int[] seen = new int[1];
    for (long now = bounds.firstKey(); now <= end + 8 * HOUR; now += FleetWindows.WINDOW_MS) {
      List<Finding> findings = new ArrayList<>();
      for (WindowRecord window : later(now)) {
        findings.addAll(detector.observe(window, states));
      }
      if (now == end + 8 * HOUR || told.test(now)) {
        findings.addAll(detector.tick(now, states));
      }
      for (Finding f : findings) {
        byKey.computeIfAbsent(f.getAlertKey(), k -> new ArrayList<>()).add(f);
        if (f.getAction() == FindingAction.OPEN && f.getMode() != DetectionMode.LIMIT) {
          AlertDecision decision = note(f, "about " + f.getEpisodeId());
          decision.setAction(seen[0]++ % 2 == 0 ? DecisionAction.NOTE : DecisionAction.ACCEPT);
          decision.setTimeMs(f.getWindowEndMs() + 100_000);
          decisions.computeIfAbsent(f.getWindowEndMs(), e -> new ArrayList<>()).add(decision);
        }
      }
      decisions
          .headMap(now, true)
          .values()
          .forEach(d -> d.forEach(x -> detector.decide(x, states)));
      decisions.headMap(now, true).clear();
    }
    return byKey;
  }

  /** Windows of a bound, in which the last third comes two hours later. */
  private List<WindowRecord> later(long end) {
    long third = bounds.firstKey() + (bounds.lastKey() - bounds.firstKey()) * 2 / 3;
    if (end <= third) {
      return bounds.getOrDefault(end, List.of());
    }
    return end - 2 * HOUR <= third
        ? List.of()
        : bounds.getOrDefault(end - 2 * HOUR, List.of()).stream()
            .map(
                window -> {
                  WindowRecord copy = WindowRecord.newBuilder(window).build();
                  copy.setWindowStartMs(copy.getWindowStartMs() + 2 * HOUR);
                  copy.setWindowEndMs(end);
                  return copy;
                })
            .toList();
  }

  private List<Finding> noted(List<AlertDecision> decisions, long timeMs) {
    DetectorStates states = DetectorStates.inHeap();
    List<Finding> told = new ArrayList<>();
    bounds.forEach(
        (end, windows) -> {
          windows.forEach(window -> told.addAll(detector.observe(window, states)));
          if (end == timeMs) {
            decisions.forEach(decision -> detector.decide(decision, states));
          }
          told.addAll(detector.tick(end, states));
        });
    return told;
  }

  /** What is told by alert key, every bound in the order an operator gives it. */
  private Map<String, List<Finding>> tell(UnaryOperator<List<WindowRecord>> order) {
    DetectorStates states = DetectorStates.inHeap();
    TreeMap<String, List<Finding>> told = new TreeMap<>();
    bounds.forEach(
        (end, windows) -> {
          List<Finding> findings = new ArrayList<>();
          for (WindowRecord window : order.apply(new ArrayList<>(windows))) {
            findings.addAll(detector.observe(window, states));
          }
          findings.addAll(detector.tick(end, states));
          findings.forEach(
              f -> told.computeIfAbsent(f.getAlertKey(), k -> new ArrayList<>()).add(f));
        });
    return told;
  }

  private static List<WindowRecord> sorted(List<WindowRecord> windows) {
    Collections.shuffle(windows, new Random(windows.size()));
    windows.sort(
        (a, b) -> SeriesKeys.series(a.getSeries()).compareTo(SeriesKeys.series(b.getSeries())));
    return windows;
  }

  private static List<WindowRecord> bySubject(List<WindowRecord> windows, Random random) {
    TreeMap<String, List<WindowRecord>> groups = new TreeMap<>();
    for (WindowRecord window : windows) {
      String subject = window.getSeries().getSubjectKind() + window.getSeries().getSubjectName();
      groups.computeIfAbsent(subject, s -> new ArrayList<>()).add(window);
    }
    List<List<WindowRecord>> order = new ArrayList<>(groups.values());
    Collections.shuffle(order, random);
    return order.stream().flatMap(List::stream).toList();
  }

  private static String pick(Random random, String one, String other) {
    return random.nextBoolean() ? one : other;
  }

  private static Run run(int number, boolean worse, Random random) {
    List<Call> calls = new ArrayList<>();
    boolean before = false;
    for (int k = 0; k < 4; k++) {
      boolean denied = random.nextDouble() < (worse ? 0.6 : 0.05);
      calls.add(new Call(k % 2 == 0 ? "send" : "read", false, denied, before, false, 2000L * k));
      before = denied;
    }
    boolean success = random.nextDouble() < (worse ? 0.3 : 0.9);
    return new Run("run-" + number, calls, success, false, false);
  }

  /** What the tools of an agent's version counted are the parts of its window. */
  private static void addParts(List<WindowRecord> windows) {
    for (WindowRecord agent : windows) {
      Map<String, PartSums> parts = new HashMap<>();
      for (WindowRecord tool : windows) {
        if (agent.getSeries().getSubjectKind() == SubjectKind.AGENT
            && tool.getSeries().getSubjectKind() == SubjectKind.TOOL
            && tool.getSeries().getAgentVersion().equals(agent.getSeries().getAgentVersion())) {
          PartSums sums = new PartSums();
          sums.setAttempts(tool.getAttempts());
          sums.setDenied(tool.getDenied());
          sums.setRetries(tool.getRetries());
          parts.put("tool:" + tool.getSeries().getSubjectName() + "@unknown", sums);
        }
      }
      agent.setParts(parts);
    }
  }

  private static ChangeEvent change(String id, String kind, String subject) {
    return new ChangeEvent(
        id,
        "t",
        "e",
        ChangeKind.AGENT_VERSION,
        "teller",
        "v2",
        "v1",
        "teller",
        kind,
        subject,
        START,
        ChangeSource.DECLARED,
        null);
  }

  private static AlertDecision note(Finding about, String id) {
    AlertDecision decision = new AlertDecision();
    decision.setDecisionId(id);
    decision.setAlertKey(about.getAlertKey());
    decision.setAction(DecisionAction.NOTE);
    decision.setSeries(about.getSeries());
    decision.setSignal(about.getSignal());
    decision.setDirection(about.getDirection());
    decision.setActor("ann");
    decision.setTimeMs(about.getWindowEndMs());
    decision.setNote(id);
    return decision;
  }
}
