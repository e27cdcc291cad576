package dev.tidemark.core.run;

import dev.tidemark.core.window.Counter;
import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.WindowTotals;
import dev.tidemark.records.Exemplar;
import java.util.List;

/**
 * What a run as a whole adds to the windows of its agent and the fleet, in the window of its end.
 *
 * @param succeeded null when unknown
 */
record RunVerdict(
    Series.Scope scope,
    String traceId,
    String rootSpanId,
    long endMs,
    Boolean succeeded,
    boolean recovered,
    boolean abnormal,
    boolean escalated,
    boolean looping,
    int exhausted) {

  void add(int sign, long arrivalMs, Windows windows) {
    for (Series series : List.of(scope.agent(), scope.fleet())) {
      WindowTotals totals = windows.at(series, endMs, arrivalMs);
      totals.add(Counter.RUNS, sign);
      totals.add(Counter.RUNS_SUCCEEDED, Boolean.TRUE.equals(succeeded) ? sign : 0);
      totals.add(Counter.RUNS_FAILED, Boolean.FALSE.equals(succeeded) ? sign : 0);
      totals.add(Counter.RUNS_RECOVERED, recovered ? sign : 0);
      totals.add(Counter.RUNS_ABNORMAL, abnormal ? sign : 0);
      totals.add(Counter.RUNS_ESCALATED, escalated ? sign : 0);
      totals.add(Counter.RUNS_LOOPING, looping ? sign : 0);
      totals.add(Counter.EXHAUSTED_OPERATIONS, (long) exhausted * sign);
      exemplar(totals, recovered, "silent_recovery", sign);
      exemplar(totals, abnormal, "abnormal", sign);
      exemplar(totals, escalated, "escalated", sign);
      exemplar(totals, looping, "looping", sign);
      exemplar(totals, Boolean.FALSE.equals(succeeded), "unsuccessful", sign);
      exemplar(totals, Boolean.TRUE.equals(succeeded), "successful", sign);
    }
  }

  private void exemplar(WindowTotals totals, boolean shows, String category, int sign) {
    if (shows) {
      totals.addExemplar(
          new Exemplar(category, traceId, rootSpanId, endMs, TraceHash.of(traceId)), sign);
    }
  }
}
