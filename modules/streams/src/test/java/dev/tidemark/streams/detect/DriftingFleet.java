package dev.tidemark.streams.detect;

import dev.tidemark.core.detect.AlertKeys;
import dev.tidemark.core.sketch.ExponentialSketch;
import dev.tidemark.records.AlertDecision;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.ChangeKind;
import dev.tidemark.records.ChangeSource;
import dev.tidemark.records.ClusterSums;
import dev.tidemark.records.DecisionAction;
import dev.tidemark.records.Direction;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import dev.tidemark.records.Sketch;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Windows of an agent with twelve tools, bound by bound. A second version is rolled out tool by
 * tool, behind a guard and slower, at every third tool beside the first one for a while; half of
 * the tools lose the guard with a third version. Some windows are missing, some are revised. What
 * was declared and what humans decided has fixed times.
 */
final class DriftingFleet {
  static final int TOOLS = 12;
  static final int BOUNDS = 320;
  static final String LIMIT = "few-denials";
  static final String SLOW = "slow-tools";
  static final String SLO = "runs-succeed";
  private static final long WINDOW_MS = 15_000;
  private static final int ROLL_OUT = 80;
  private final Random random;

  /** Everything that ends at a time, in the order in which observe tells it. */
  record Bound(long endMs, List<WindowRecord> windows, boolean ticked) {}

  DriftingFleet(long seed) {
    this.random = new Random(seed);
  }

  static long endMs(int index) {
    return GuardedTool.START_MS + (index + 1) * WINDOW_MS;
  }

  /** All bounds; of every tenth only a later tick tells that it has passed. */
  List<Bound> bounds() {
    List<Bound> bounds = new ArrayList<>();
    for (int i = 0; i < BOUNDS; i++) {
      List<WindowRecord> windows = new ArrayList<>();
      for (int tool = 0; tool < TOOLS; tool++) {
        for (String version : versions(tool, i)) {
          if (random.nextInt(6) != 0 && !(tool == 5 && i > 200)) {
            windows.add(tool(tool, version, i));
          }
        }
      }
      for (String version : versions(0, i)) {
        windows.add(agent(version, i));
      }
      windows.sort(Comparator.comparing(w -> w.getSeries().toString()));
      if (i > 10 && random.nextInt(8) == 0) {
        WindowRecord late = WindowRecord.newBuilder(windows.get(0)).build();
        late.setRevision(1);
        late.setCorrected(1L);
        windows.add(late);
      }
      bounds.add(new Bound(endMs(i), windows, i % 10 != 3));
    }
    return bounds;
  }

  private static List<String> versions(int tool, int bound) {
    int second = ROLL_OUT + 6 * tool;
    int third = second + 70;
    if (bound < second) {
      return List.of("v1");
    } else if (tool % 3 == 0 && bound < second + 30) {
      return List.of("v1", "v2");
    }
    return tool % 2 == 1 && bound >= third ? List.of("v3") : List.of("v2");
  }

  private WindowRecord tool(int tool, String version, int bound) {
    long n = 5;
    long denied = version.equals("v2") ? 3 + random.nextInt(3) : random.nextInt(40) == 0 ? 1 : 0;
    WindowRecord window = empty(tool(tool, version), bound);
    window.setAttempts(n);
    window.setOk(n - denied);
    window.setDenied(denied);
    window.setClusters(new ClusterSums(n, n, 0L, 0L, 0L, 0L, denied, denied, 0L, 0L));
    window.setLatency(values((int) n, version.equals("v2") ? 800_000 : 90_000));
    return window;
  }

  private WindowRecord agent(String version, int bound) {
    long runs = 6;
    long failed = version.equals("v2") ? 3 + random.nextInt(3) : random.nextInt(8) == 0 ? 1 : 0;
    WindowRecord window = empty(agent(version), bound);
    window.setRuns(runs);
    window.setRunsFailed(failed);
    window.setRunsSucceeded(runs - failed);
    window.setSteps(values((int) runs, version.equals("v2") ? 30 : 8));
    window.setRunDuration(values((int) runs, 4_000_000));
    window.setRunCost(values((int) runs, version.equals("v2") ? 90_000 : 20_000));
    window.setCostCurrency("USD");
    return window;
  }

  private Sketch values(int count, int about) {
    ExponentialSketch sketch = new ExponentialSketch();
    for (int i = 0; i < count; i++) {
      sketch.add(about / 2 + random.nextInt(about), 1);
    }
    return sketch.toRecord();
  }

  private static WindowRecord empty(SeriesKey series, int bound) {
    return WindowRecord.newBuilder()
        .setSeries(series)
        .setWindowStartMs(endMs(bound) - WINDOW_MS)
        .setWindowEndMs(endMs(bound))
        .build();
  }

  private static SeriesKey tool(int tool, String version) {
    return SeriesKey.newBuilder(GuardedTool.series(version)).setSubjectName("tool-" + tool).build();
  }

  private static SeriesKey agent(String version) {
    return new SeriesKey("default", "prod", SubjectKind.AGENT, "teller", "", version, "", "");
  }

  /** What humans decided, by time: of every tool's guard, of a limit, of the error budget. */
  static List<AlertDecision> decisions() {
    List<AlertDecision> decisions = new ArrayList<>();
    for (int tool = 0; tool < TOOLS; tool++) {
      int second = ROLL_OUT + 6 * tool;
      DecisionAction later = tool % 2 == 0 ? DecisionAction.ACCEPT : DecisionAction.NOTE;
      SeriesKey series = tool(tool, "v2");
      decisions.add(about(series, Signal.DENIAL_RATE, "", DecisionAction.NOTE, second + 25));
      decisions.add(about(series, Signal.DENIAL_RATE, "", later, second + 45));
      decisions.add(about(series, Signal.LATENCY, "", later, second + 50));
      decisions.add(about(series, Signal.DENIAL_RATE, LIMIT, DecisionAction.NOTE, second + 35));
    }
    decisions.add(down(about(agent("v2"), Signal.SUCCESS_RATE, SLO, DecisionAction.NOTE, 120)));
    decisions.add(down(about(agent("v2"), Signal.SUCCESS_RATE, "", DecisionAction.ACCEPT, 140)));
    decisions.sort(Comparator.comparingLong(AlertDecision::getTimeMs));
    return decisions;
  }

  private static AlertDecision about(
      SeriesKey series, Signal signal, String item, DecisionAction action, int bound) {
    return AlertDecision.newBuilder()
        .setDecisionId(series.getSubjectName() + signal + item + action + bound)
        .setAlertKey(AlertKeys.of(series, signal, Direction.UP, item))
        .setAction(action)
        .setSeries(series)
        .setSignal(signal)
        .setDirection(Direction.UP)
        .setActor("ann")
        .setTimeMs(endMs(bound))
        .setNote(action + " in bound " + bound)
        .build();
  }

  private static AlertDecision down(AlertDecision up) {
    String item = up.getDecisionId().contains(SLO) ? SLO : "";
    up.setDirection(Direction.DOWN);
    up.setAlertKey(AlertKeys.of(up.getSeries(), up.getSignal(), Direction.DOWN, item));
    return up;
  }

  /** What was declared when a tool was rolled out, and a change that nobody sees in windows. */
  static List<ChangeEvent> changes() {
    List<ChangeEvent> changes = new ArrayList<>();
    for (int tool = 0; tool < TOOLS; tool++) {
      changes.add(declared("tool-" + tool, ChangeKind.POLICY_VERSION, ROLL_OUT + 6 * tool - 2));
    }
    changes.add(declared("teller", ChangeKind.PROMPT_VERSION, ROLL_OUT - 3));
    changes.sort(Comparator.comparingLong(ChangeEvent::getTimeMs));
    return changes;
  }

  private static ChangeEvent declared(String name, ChangeKind kind, int bound) {
    return ChangeEvent.newBuilder()
        .setChangeId("declared-" + name)
        .setTenant("default")
        .setEnvironment("prod")
        .setKind(kind)
        .setName(name)
        .setVersion("p" + bound)
        .setTimeMs(endMs(bound))
        .setSource(ChangeSource.DECLARED)
        .build();
  }
}
