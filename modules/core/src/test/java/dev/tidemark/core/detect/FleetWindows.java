package dev.tidemark.core.detect;

import dev.tidemark.core.window.ClusterIncrements;
import dev.tidemark.records.ClusterSums;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns runs with known calls into the windows that observe would close. */
final class FleetWindows {
  static final long WINDOW_MS = 15_000;

  /** One tool call and what it was. */
  record Call(
      String tool, boolean error, boolean denied, boolean retry, boolean identical, long afterMs) {}

  /** One run: its calls at times after its start, and its end; success null when unknown. */
  record Run(String id, List<Call> calls, Boolean success, boolean abnormal, boolean escalated) {}

  private final Map<String, WindowRecord> open = new TreeMap<>();
  private final Map<String, long[]> runSums = new TreeMap<>();

  /** Adds a run of an agent version that started at a time. */
  void add(Run run, String agent, String version, long startMs) {
    long endMs = startMs;
    boolean trouble = false;
    for (Call call : run.calls()) {
      endMs = startMs + call.afterMs();
      trouble |= call.error() || call.denied() || call.retry();
      count(key(SubjectKind.TOOL, call.tool(), agent, version), run, call, endMs);
      count(key(SubjectKind.AGENT, agent, "", version), run, call, endMs);
      count(key(SubjectKind.FLEET, "*", "", ""), run, call, endMs);
    }
    end(key(SubjectKind.AGENT, agent, "", version), run, trouble, endMs + 1000);
    end(key(SubjectKind.FLEET, "*", "", ""), run, trouble, endMs + 1000);
  }

  /** All windows in the order of their ends. */
  List<WindowRecord> windows() {
    return new ArrayList<>(open.values());
  }

  static SeriesKey key(SubjectKind kind, String name, String agent, String version) {
    String tool = kind == SubjectKind.TOOL ? "unknown" : "";
    return new SeriesKey("t", "e", kind, name, agent, version, tool, "");
  }

  private void count(SeriesKey key, Run run, Call call, long timeMs) {
    WindowRecord w = window(key, timeMs);
    w.setAttempts(w.getAttempts() + 1);
    w.setRetries(w.getRetries() + one(call.retry()));
    w.setErrors(w.getErrors() + one(call.error()));
    w.setDenied(w.getDenied() + one(call.denied()));
    w.setIdentical(w.getIdentical() + one(call.identical()));
    long[] sums = runSums.computeIfAbsent(SeriesKeys.series(key) + run.id(), k -> new long[5]);
    long[] more =
        ClusterIncrements.ofAttempt(
            sums[0],
            sums[1],
            sums[2],
            sums[3],
            sums[4],
            call.retry(),
            call.error(),
            call.denied(),
            call.identical());
    sums[0]++;
    sums[1] += one(call.retry());
    sums[2] += one(call.error());
    sums[3] += one(call.denied());
    sums[4] += one(call.identical());
    ClusterSums c = w.getClusters();
    c.setRuns(c.getRuns() + more[0]);
    c.setNn(c.getNn() + more[1]);
    c.setRetryNx(c.getRetryNx() + more[2]);
    c.setRetryXx(c.getRetryXx() + more[3]);
    c.setErrorNx(c.getErrorNx() + more[4]);
    c.setErrorXx(c.getErrorXx() + more[5]);
    c.setDeniedNx(c.getDeniedNx() + more[6]);
    c.setDeniedXx(c.getDeniedXx() + more[7]);
    c.setIdenticalNx(c.getIdenticalNx() + more[8]);
    c.setIdenticalXx(c.getIdenticalXx() + more[9]);
  }

  private void end(SeriesKey key, Run run, boolean trouble, long timeMs) {
    WindowRecord w = window(key, timeMs);
    w.setRuns(w.getRuns() + 1);
    if (run.success() != null) {
      w.setRunsSucceeded(w.getRunsSucceeded() + one(run.success()));
      w.setRunsFailed(w.getRunsFailed() + one(!run.success()));
      w.setRunsRecovered(w.getRunsRecovered() + one(run.success() && trouble));
    }
    w.setRunsAbnormal(w.getRunsAbnormal() + one(run.abnormal()));
    w.setRunsEscalated(w.getRunsEscalated() + one(run.escalated()));
  }

  private WindowRecord window(SeriesKey key, long timeMs) {
    long start = Math.floorDiv(timeMs, WINDOW_MS) * WINDOW_MS;
    String id = String.format("%016d", start) + SeriesKeys.series(key);
    return open.computeIfAbsent(id, k -> empty(key, start));
  }

  static WindowRecord empty(SeriesKey key, long startMs) {
    return WindowRecord.newBuilder()
        .setSeries(key)
        .setWindowStartMs(startMs)
        .setWindowEndMs(startMs + WINDOW_MS)
        .setClusters(ClusterSums.newBuilder().build())
        .build();
  }

  private static long one(boolean condition) {
    return condition ? 1 : 0;
  }
}
