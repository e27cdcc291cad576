package dev.tidemark.core.limit;

import dev.tidemark.core.detect.SignalNames;
import dev.tidemark.records.ScoreSums;
import dev.tidemark.records.Signal;
import dev.tidemark.records.Sketch;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.util.List;

/**
 * What of a window is compared with a limit.
 *
 * @param signal the signal
 * @param measure how it is read; one of {@link #measures}
 * @param quantile in (0, 1), for {@link Measure#QUANTILE} only, else 0
 * @param evaluation name of the evaluation, for {@link Signal#EVALUATION_RATE} only, else empty
 */
public record Reading(Signal signal, Measure measure, double quantile, String evaluation) {
  private static final List<Measure> RATE = List.of(Measure.RATE);
  private static final List<Measure> QUANTITY = List.of(Measure.QUANTILE, Measure.MEAN);
  private static final List<Measure> SUMMED = List.of(Measure.QUANTILE, Measure.MEAN, Measure.SUM);
  private static final List<Measure> COUNTED = List.of(Measure.CALLS, Measure.RUNS);

  public Reading {
    if (!measures(signal).contains(measure)) {
      throw new IllegalArgumentException(
          "the " + SignalNames.of(signal) + " cannot be read as " + measure + ": use another");
    }
    boolean inside = quantile > 0 && quantile < 1;
    if (measure == Measure.QUANTILE ? !inside : quantile != 0) {
      throw new IllegalArgumentException("quantile " + quantile + " is not between 0 and 1");
    }
    if (evaluation.isEmpty() == (signal == Signal.EVALUATION_RATE)) {
      throw new IllegalArgumentException("an evaluation has to be named for evaluation_rate only");
    }
  }

  /** The rate of a signal. */
  public static Reading rate(Signal signal) {
    return new Reading(signal, Measure.RATE, 0, "");
  }

  /** How a signal can be read, the usual way first; empty when no limit can be set on it. */
  public static List<Measure> measures(Signal signal) {
    return switch (signal) {
      case RETRY_RATE,
          ERROR_RATE,
          DENIAL_RATE,
          IDENTICAL_CALL_RATE,
          SILENT_RECOVERY_RATE,
          HUMAN_OVERRIDE_RATE,
          HUMAN_REJECTION_RATE,
          ESCALATION_RATE,
          LOOP_RATE,
          ABNORMAL_END_RATE,
          SUCCESS_RATE,
          EVALUATION_RATE ->
          RATE;
      case LATENCY, STEPS, MODEL_STEPS, RUN_DURATION, RUN_COST, HUMAN_WAIT -> QUANTITY;
      case COST, INPUT_TOKENS, OUTPUT_TOKENS -> SUMMED;
      case VOLUME -> COUNTED;
      case EVALUATION_SCORE, TOOL_USE, LIVE_LOOP, NEW_ERROR_TYPE, NEW_TOOL, NEW_VERSION, UNKNOWN ->
          List.of();
    };
  }

  /** Whether windows of such a subject tell the signal. */
  public static boolean tells(SubjectKind kind, Signal signal) {
    boolean whole = kind == SubjectKind.AGENT || kind == SubjectKind.FLEET;
    return switch (signal) {
      case SILENT_RECOVERY_RATE,
          ESCALATION_RATE,
          LOOP_RATE,
          ABNORMAL_END_RATE,
          SUCCESS_RATE,
          STEPS,
          MODEL_STEPS,
          RUN_DURATION,
          RUN_COST ->
          whole;
      case COST, INPUT_TOKENS, OUTPUT_TOKENS -> whole || kind == SubjectKind.MODEL;
      default -> kind != SubjectKind.UNKNOWN;
    };
  }

  /** What its values are counted in. */
  public Unit unit() {
    return switch (signal) {
      case LATENCY, RUN_DURATION, HUMAN_WAIT -> Unit.MICROS;
      case COST, RUN_COST -> Unit.MONEY;
      case INPUT_TOKENS, OUTPUT_TOKENS -> Unit.TOKENS;
      case STEPS, MODEL_STEPS -> Unit.STEPS;
      case VOLUME -> measure == Measure.RUNS ? Unit.RUNS : Unit.CALLS;
      default -> Unit.SHARE;
    };
  }

  /** Trials of a rate in a window, or what is counted. */
  long trials(WindowRecord w) {
    return switch (signal) {
      case RETRY_RATE, ERROR_RATE, DENIAL_RATE, IDENTICAL_CALL_RATE -> w.getAttempts();
      case SILENT_RECOVERY_RATE, ESCALATION_RATE, LOOP_RATE, ABNORMAL_END_RATE -> w.getRuns();
      case SUCCESS_RATE -> w.getRunsSucceeded() + w.getRunsFailed();
      case HUMAN_OVERRIDE_RATE, HUMAN_REJECTION_RATE ->
          w.getHumanApproved() + w.getHumanRejected() + w.getHumanOverridden();
      case EVALUATION_RATE -> score(w).getPassed() + score(w).getFailed();
      case VOLUME -> measure == Measure.RUNS ? w.getRuns() : w.getAttempts();
      default -> 0;
    };
  }

  /** Events of a rate in a window. */
  long events(WindowRecord w) {
    return switch (signal) {
      case RETRY_RATE -> w.getRetries();
      case ERROR_RATE -> w.getErrors();
      case DENIAL_RATE -> w.getDenied();
      case IDENTICAL_CALL_RATE -> w.getIdentical();
      case SILENT_RECOVERY_RATE -> w.getRunsRecovered();
      case ESCALATION_RATE -> w.getRunsEscalated();
      case LOOP_RATE -> w.getRunsLooping();
      case ABNORMAL_END_RATE -> w.getRunsAbnormal();
      case SUCCESS_RATE -> w.getRunsSucceeded();
      case HUMAN_OVERRIDE_RATE -> w.getHumanOverridden();
      case HUMAN_REJECTION_RATE -> w.getHumanRejected();
      case EVALUATION_RATE -> score(w).getPassed();
      default -> 0;
    };
  }

  private ScoreSums score(WindowRecord w) {
    ScoreSums known = w.getScores().get(evaluation);
    return known == null ? new ScoreSums(0L, 0L, 0L, 0L, 0L) : known;
  }

  /** Values of a quantity in a window; null when there are none. */
  Sketch values(WindowRecord w) {
    return switch (signal) {
      case LATENCY -> w.getLatency();
      case COST -> w.getCost();
      case INPUT_TOKENS -> w.getTokensIn();
      case OUTPUT_TOKENS -> w.getTokensOut();
      case STEPS -> w.getSteps();
      case MODEL_STEPS -> w.getModelSteps();
      case RUN_DURATION -> w.getRunDuration();
      case RUN_COST -> w.getRunCost();
      case HUMAN_WAIT -> w.getHumanWait();
      default -> null;
    };
  }

  /** Sum of a quantity in a window. */
  long sum(WindowRecord w) {
    return switch (signal) {
      case COST -> w.getCostMicros();
      case INPUT_TOKENS -> w.getInputTokens();
      case OUTPUT_TOKENS -> w.getOutputTokens();
      default -> 0;
    };
  }

  /** Category of runs that show why a value is high; empty when none does. */
  String shown() {
    return switch (signal) {
      case RETRY_RATE -> "retry";
      case ERROR_RATE -> "error";
      case DENIAL_RATE -> "denied";
      case IDENTICAL_CALL_RATE -> "identical";
      case SILENT_RECOVERY_RATE -> "silent_recovery";
      case ESCALATION_RATE -> "escalated";
      case LOOP_RATE -> "looping";
      case ABNORMAL_END_RATE -> "abnormal";
      case SUCCESS_RATE -> "unsuccessful";
      default -> "ok";
    };
  }

  /** In words, such as {@code p95 of latency} or {@code error rate}. */
  String words() {
    return switch (measure) {
      case RATE -> SignalNames.of(signal) + (evaluation.isEmpty() ? "" : " of " + evaluation);
      case MEAN -> "mean " + SignalNames.of(signal);
      case QUANTILE -> quantileWord() + " of " + SignalNames.of(signal);
      case SUM -> sumWord() + " in all";
      case CALLS -> "calls";
      case RUNS -> "runs";
    };
  }

  String quantileWord() {
    String percent = Double.toString(StrictMath.rint(quantile * 1000) / 10);
    return "p" + (percent.endsWith(".0") ? percent.substring(0, percent.length() - 2) : percent);
  }

  private String sumWord() {
    return switch (signal) {
      case INPUT_TOKENS -> "input tokens";
      case OUTPUT_TOKENS -> "output tokens";
      default -> "cost";
    };
  }
}
