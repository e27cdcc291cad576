package dev.tidemark.core.run;

import dev.tidemark.core.window.Counter;
import dev.tidemark.core.window.SeriesTable.AgentScope;
import dev.tidemark.core.window.Shows;
import dev.tidemark.core.window.WindowTotals;

/**
 * What a run as a whole adds to the windows of its agent, and so of the fleet, in the window of its
 * end.
 *
 * @param succeeded null when unknown
 */
public record RunVerdict(
    AgentScope scope,
    long endMs,
    Boolean succeeded,
    boolean recovered,
    boolean abnormal,
    boolean escalated,
    boolean looping,
    int exhausted,
    RunUse use) {

  void add(int sign, long causeMs, Windows windows) {
    WindowTotals totals = windows.at(scope.agent(), endMs, causeMs);
    totals.add(Counter.RUNS, sign);
    totals.add(Counter.RUNS_SUCCEEDED, Boolean.TRUE.equals(succeeded) ? sign : 0);
    totals.add(Counter.RUNS_FAILED, Boolean.FALSE.equals(succeeded) ? sign : 0);
    totals.add(Counter.RUNS_RECOVERED, recovered ? sign : 0);
    totals.add(Counter.RUNS_ABNORMAL, abnormal ? sign : 0);
    totals.add(Counter.RUNS_ESCALATED, escalated ? sign : 0);
    totals.add(Counter.RUNS_LOOPING, looping ? sign : 0);
    totals.add(Counter.EXHAUSTED_OPERATIONS, (long) exhausted * sign);
    use.add(totals, sign);
  }

  /** What it shows, as bits of {@link Shows}. */
  int shows() {
    int shows = Boolean.TRUE.equals(succeeded) ? Shows.SUCCESSFUL.bit() : 0;
    shows |= Boolean.FALSE.equals(succeeded) ? Shows.UNSUCCESSFUL.bit() : 0;
    shows |= recovered ? Shows.SILENT_RECOVERY.bit() : 0;
    shows |= abnormal ? Shows.ABNORMAL.bit() : 0;
    shows |= escalated ? Shows.ESCALATED.bit() : 0;
    return shows | (looping ? Shows.LOOPING.bit() : 0);
  }

  /** Whether it says the same, whichever object names the agent. */
  boolean says(RunVerdict other) {
    return other != null
        && scope.scope().equals(other.scope.scope())
        && equals(
            new RunVerdict(
                scope,
                other.endMs,
                other.succeeded,
                other.recovered,
                other.abnormal,
                other.escalated,
                other.looping,
                other.exhausted,
                other.use));
  }
}
