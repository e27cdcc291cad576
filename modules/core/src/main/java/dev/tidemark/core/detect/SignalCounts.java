package dev.tidemark.core.detect;

import dev.tidemark.records.ClusterSums;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.util.List;

/**
 * Trials and events of one signal in one window, with the increments of the per-run sums.
 *
 * @param n trials: attempts, or runs
 * @param x events among them
 * @param runs runs first seen in the window
 * @param nn increment of the sum over runs of n squared
 * @param nx increment of the sum over runs of n times x
 * @param xx increment of the sum over runs of x squared; 0 beside events when nobody told
 */
record SignalCounts(long n, long x, long runs, long nn, long nx, long xx) {
  private static final ClusterSums NONE = new ClusterSums(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L);
  private static final List<Signal> MODEL =
      List.of(Signal.RETRY_RATE, Signal.ERROR_RATE, Signal.DENIAL_RATE);
  private static final List<Signal> TOOL =
      List.of(Signal.RETRY_RATE, Signal.ERROR_RATE, Signal.DENIAL_RATE, Signal.IDENTICAL_CALL_RATE);
  private static final List<Signal> AGENT =
      List.of(
          Signal.RETRY_RATE,
          Signal.ERROR_RATE,
          Signal.DENIAL_RATE,
          Signal.IDENTICAL_CALL_RATE,
          Signal.SILENT_RECOVERY_RATE,
          Signal.ABNORMAL_END_RATE,
          Signal.ESCALATION_RATE,
          Signal.SUCCESS_RATE);

  /** The signals that are watched for a kind of subject, in the order of their evaluation. */
  static List<Signal> watched(SubjectKind kind) {
    return switch (kind) {
      case TOOL -> TOOL;
      case MODEL -> MODEL;
      case AGENT, FLEET -> AGENT;
      case POLICY, UNKNOWN -> List.of();
    };
  }

  static SignalCounts of(WindowRecord window, Signal signal) {
    ClusterSums c = window.getClusters() == null ? NONE : window.getClusters();
    long n = window.getAttempts();
    return switch (signal) {
      case RETRY_RATE -> attempts(n, window.getRetries(), c, c.getRetryNx(), c.getRetryXx());
      case ERROR_RATE -> attempts(n, window.getErrors(), c, c.getErrorNx(), c.getErrorXx());
      case DENIAL_RATE -> attempts(n, window.getDenied(), c, c.getDeniedNx(), c.getDeniedXx());
      case IDENTICAL_CALL_RATE ->
          attempts(n, window.getIdentical(), c, c.getIdenticalNx(), c.getIdenticalXx());
      case SILENT_RECOVERY_RATE -> runs(window.getRuns(), window.getRunsRecovered());
      case ABNORMAL_END_RATE -> runs(window.getRuns(), window.getRunsAbnormal());
      case ESCALATION_RATE -> runs(window.getRuns(), window.getRunsEscalated());
      case SUCCESS_RATE ->
          runs(window.getRunsSucceeded() + window.getRunsFailed(), window.getRunsSucceeded());
      default -> throw new IllegalArgumentException("signal " + signal + " is not a rate");
    };
  }

  /** Whether a trial of the signal is a whole run, so that trials do not cluster by run. */
  static boolean countsRuns(Signal signal) {
    return switch (signal) {
      case SILENT_RECOVERY_RATE, ABNORMAL_END_RATE, ESCALATION_RATE, SUCCESS_RATE -> true;
      default -> false;
    };
  }

  private static SignalCounts attempts(long n, long x, ClusterSums c, long nx, long xx) {
    return new SignalCounts(n, x, c.getRuns(), c.getNn(), nx, xx);
  }

  private static SignalCounts runs(long n, long x) {
    return new SignalCounts(n, x, n, n, x, x);
  }
}
