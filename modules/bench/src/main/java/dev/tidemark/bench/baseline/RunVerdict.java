package dev.tidemark.bench.baseline;

import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
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

  /** What the run adds as a whole; null while it has no root. */
  static RunVerdict of(RunState run) {
    SpanFact root = run.root();
    if (root == null || run.spans().isEmpty()) {
      return null;
    }
    Outcome outcome = root.span().getOutcome();
    Boolean succeeded = outcome == Outcome.UNKNOWN ? null : (Boolean) root.ok();
    return new RunVerdict(
        root.scope(),
        run.traceId(),
        root.id(),
        root.endMs(),
        succeeded,
        Boolean.TRUE.equals(succeeded) && troubled(run),
        outcome == Outcome.ERROR || outcome == Outcome.TIMEOUT || outcome == Outcome.CANCELLED,
        run.spans().stream().anyMatch(f -> f.span().getKind() == SpanKind.HANDOFF),
        run.linker().longestIdentical() >= run.loopLimit(),
        exhausted(run));
  }

  private static boolean troubled(RunState run) {
    for (SpanFact fact : run.spans()) {
      Link link = run.link(fact);
      if (link != null && fact.isTool() && (fact.troubled() || link.retry())) {
        return true;
      }
    }
    return false;
  }

  private static int exhausted(RunState run) {
    int exhausted = 0;
    for (Operation operation : run.linker().operations()) {
      exhausted += operation.first().isTool() && operation.last().troubled() ? 1 : 0;
    }
    return exhausted;
  }

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
          new Candidate(category, traceId, rootSpanId, endMs, TraceHash.of(traceId)), sign);
    }
  }
}
