package dev.tidemark.core.detect;

import dev.tidemark.core.window.ClusterIncrements;
import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.WindowTotals;
import dev.tidemark.records.ClusterSums;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;

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
    WindowTotals more = new WindowTotals();
    long before = sums[1] | sums[2] << 16 | sums[3] << 32 | sums[4] << 48;
    long events =
        one(call.retry())
            + 2 * one(call.error())
            + 4 * one(call.denied())
            + 8 * one(call.identical());
    ClusterIncrements.add(more, (int) sums[0], before, (int) events, 1);
    sums[0]++;
    sums[1] += one(call.retry());
    sums[2] += one(call.error());
    sums[3] += one(call.denied());
    sums[4] += one(call.identical());
    ClusterSums c = w.getClusters();
    ClusterSums m = more.toRecord(Series.of(key), 0, 1).getClusters();
    for (Schema.Field field : ClusterSums.getClassSchema().getFields()) {
      c.put(field.pos(), (Long) c.get(field.pos()) + (Long) m.get(field.pos()));
    }
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
