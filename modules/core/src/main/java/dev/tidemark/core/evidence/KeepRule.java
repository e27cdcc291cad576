package dev.tidemark.core.evidence;

import dev.tidemark.core.hash.Hash64;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/**
 * Decides over a run that has ended: nothing that was learned early is thrown away early. The
 * decision depends on the summary and the given limits only. Immutable.
 */
public final class KeepRule {
  private static final Set<Outcome> FAILURES =
      EnumSet.of(Outcome.ERROR, Outcome.TOOL_ERROR, Outcome.TIMEOUT, Outcome.CANCELLED);
  private final double share;

  /**
   * @param share part of all runs that is kept whatever they are, in [0, 1]
   */
  public KeepRule(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("a share lies in [0, 1]: " + share);
    }
    this.share = share;
  }

  /**
   * Reasons to keep a run; empty when there is none.
   *
   * @param slowMs duration in milliseconds beyond which a run of the series is slow; NaN when not
   *     known
   * @param costlyMicros cost in micro-units beyond which one is costly; NaN when not known
   */
  public Set<Reason> reasons(AgentRun run, double slowMs, double costlyMicros) {
    var reasons = EnumSet.noneOf(Reason.class);
    add(reasons, Reason.FAILED, failed(run));
    add(reasons, Reason.DENIED, denied(run));
    add(reasons, Reason.OVERRIDDEN, overridden(run));
    add(reasons, Reason.RECOVERED, run.getSilentRecovery() || run.getRecoveredOperations() > 0);
    add(reasons, Reason.LOOPING, run.getLooping());
    add(reasons, Reason.SLOW, run.getDurationMs() != null && run.getDurationMs() > slowMs);
    add(reasons, Reason.COSTLY, run.getCostMicros() > costlyMicros);
    add(reasons, Reason.SHARE, inShare(run.getTraceId()));
    return reasons;
  }

  private static boolean failed(AgentRun run) {
    return Boolean.FALSE.equals(run.getSucceeded()) || FAILURES.contains(run.getOutcome());
  }

  private static boolean denied(AgentRun run) {
    return run.getToolDenied() + run.getPolicyDenied() > 0 || run.getOutcome() == Outcome.DENIED;
  }

  private static boolean overridden(AgentRun run) {
    return run.getHumanOverridden() + run.getHumanRejected() + run.getToolRejected() > 0
        || run.getOutcome() == Outcome.REJECTED;
  }

  /** Whether the hash of a trace id falls into the share: the same on every machine. */
  public boolean inShare(String traceId) {
    byte[] id = traceId.getBytes(StandardCharsets.UTF_8);
    return (Hash64.of(id, 0, id.length) >>> 11) * 0x1p-53 < share;
  }

  private static void add(Set<Reason> reasons, Reason reason, boolean holds) {
    if (holds) {
      reasons.add(reason);
    }
  }
}
