package dev.tidemark.core.detect;

import dev.tidemark.records.ClusterSums;
import dev.tidemark.records.PartSums;
import dev.tidemark.records.ScoreSums;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.util.Map;
import java.util.TreeSet;

/**
 * Trials and events of one rate in one window, with the increments of the per-run sums.
 *
 * @param n trials: attempts, runs or decisions
 * @param x events among them
 * @param runs runs first seen in the window
 * @param nn increment of the sum over runs of n squared
 * @param nx increment of the sum over runs of n times x
 * @param xx increment of the sum over runs of x squared; 0 beside events when nobody told
 */
record SignalCounts(long n, long x, long runs, long nn, long nx, long xx) {
  private static final ClusterSums UNTOLD = new ClusterSums(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L);
  private static final SignalCounts NONE = new SignalCounts(0, 0, 0, 0, 0, 0);

  /** The evaluation that says whether a run succeeded: SUCCESS_RATE is about it. */
  private static final String SUCCESS = "task_success";

  private static final double MICROS = 1_000_000;

  static SignalCounts of(WindowRecord window, Signal signal) {
    return of(window, SignalId.of(signal));
  }

  static SignalCounts of(WindowRecord window, SignalId id) {
    ClusterSums c = window.getClusters() == null ? UNTOLD : window.getClusters();
    long n = window.getAttempts();
    return switch (id.signal()) {
      case RETRY_RATE -> attempts(n, window.getRetries(), c, c.getRetryNx(), c.getRetryXx());
      case ERROR_RATE -> attempts(n, window.getErrors(), c, c.getErrorNx(), c.getErrorXx());
      case DENIAL_RATE -> attempts(n, window.getDenied(), c, c.getDeniedNx(), c.getDeniedXx());
      case IDENTICAL_CALL_RATE ->
          attempts(n, window.getIdentical(), c, c.getIdenticalNx(), c.getIdenticalXx());
      case SILENT_RECOVERY_RATE -> runs(window.getRuns(), window.getRunsRecovered());
      case ABNORMAL_END_RATE -> runs(window.getRuns(), window.getRunsAbnormal());
      case ESCALATION_RATE -> runs(window.getRuns(), window.getRunsEscalated());
      case LOOP_RATE -> runs(window.getRuns(), window.getRunsLooping());
      case SUCCESS_RATE ->
          runs(window.getRunsSucceeded() + window.getRunsFailed(), window.getRunsSucceeded());
      case HUMAN_OVERRIDE_RATE -> decisions(window, window.getHumanOverridden());
      case HUMAN_REJECTION_RATE -> decisions(window, window.getHumanRejected());
      case EVALUATION_RATE -> verdicts(window.getScores().get(id.item()));
      case EVALUATION_SCORE -> scores(window.getScores().get(id.item()));
      case TOOL_USE -> use(window, id.item());
      default ->
          throw new IllegalArgumentException("signal " + id.signal() + " is not a rate: a bug");
    };
  }

  /** Members of a family that a window tells something about. */
  static Iterable<String> members(WindowRecord window, Signal signal) {
    TreeSet<String> members = new TreeSet<>();
    if (signal == Signal.TOOL_USE) {
      for (Map.Entry<String, PartSums> part : window.getParts().entrySet()) {
        if (part.getValue().getRuns() > 0 && !Parts.overflow(part.getKey())) {
          Parts.toolName(part.getKey()).ifPresent(members::add);
        }
      }
      return members;
    }
    window
        .getScores()
        .forEach(
            (name, score) -> {
              boolean told =
                  signal == Signal.EVALUATION_RATE
                      ? score.getPassed() + score.getFailed() > 0
                      : score.getScored() > 0;
              if (told && !name.equals(SUCCESS)) {
                members.add(name);
              }
            });
    return members;
  }

  /** Whether a trial of the signal is a whole run, so that trials do not cluster by run. */
  static boolean countsRuns(Signal signal) {
    return switch (signal) {
      case SILENT_RECOVERY_RATE,
          ABNORMAL_END_RATE,
          ESCALATION_RATE,
          SUCCESS_RATE,
          LOOP_RATE,
          EVALUATION_RATE,
          EVALUATION_SCORE,
          STEPS,
          MODEL_STEPS,
          RUN_DURATION,
          RUN_COST ->
          true;
      default -> false;
    };
  }

  private static SignalCounts attempts(long n, long x, ClusterSums c, long nx, long xx) {
    return new SignalCounts(n, x, c.getRuns(), c.getNn(), nx, xx);
  }

  private static SignalCounts runs(long n, long x) {
    return new SignalCounts(n, x, n, n, x, x);
  }

  private static SignalCounts decisions(WindowRecord window, long x) {
    long n = window.getHumanApproved() + window.getHumanRejected() + window.getHumanOverridden();
    return new SignalCounts(n, x, n, n, x, x);
  }

  private static SignalCounts verdicts(ScoreSums score) {
    return score == null ? NONE : runs(score.getPassed() + score.getFailed(), score.getPassed());
  }

  /**
   * Scores from 0 to 1 as trials: a bounded value is never more spread than a coin of its mean, so
   * the likelihood ratio of coins stays an e-value. What is not from 0 to 1 is not tested.
   */
  private static SignalCounts scores(ScoreSums score) {
    if (score == null || score.getScored() <= 0) {
      return NONE;
    }
    double sum = score.getScoreMicros() / MICROS;
    long n = score.getScored();
    return sum < 0 || sum > n ? NONE : runs(n, (long) StrictMath.floor(sum + 0.5));
  }

  /**
   * How often runs call a tool: each run is its calls and one end, and the share of calls among
   * both is tested, so runs that never call it count too.
   */
  private static SignalCounts use(WindowRecord window, String tool) {
    long runs = window.getRuns();
    long calls = 0;
    long squares = 0;
    for (Map.Entry<String, PartSums> part : window.getParts().entrySet()) {
      if (Parts.toolName(part.getKey()).filter(tool::equals).isPresent()) {
        calls += part.getValue().getRunCalls();
        squares += part.getValue().getRunCallsSquared();
      }
    }
    return runs <= 0
        ? NONE
        : new SignalCounts(
            runs + calls, calls, runs, squares + 2 * calls + runs, squares + calls, squares);
  }

  /** Whether the kind of subject is watched at all. */
  static boolean watches(SubjectKind kind) {
    return !Watched.of(kind).isEmpty();
  }
}
