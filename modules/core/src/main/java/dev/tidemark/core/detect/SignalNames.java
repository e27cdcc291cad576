package dev.tidemark.core.detect;

import dev.tidemark.records.Signal;

/** Names of signals for people. */
public final class SignalNames {
  private SignalNames() {}

  /** Name inside a sentence, such as {@code retry rate}. */
  public static String of(Signal signal) {
    return switch (signal) {
      case RETRY_RATE -> "retry rate";
      case ERROR_RATE -> "error rate";
      case DENIAL_RATE -> "denial rate";
      case SILENT_RECOVERY_RATE -> "silent recovery rate";
      case HUMAN_OVERRIDE_RATE -> "human override rate";
      case HUMAN_REJECTION_RATE -> "human rejection rate";
      case ESCALATION_RATE -> "escalation rate";
      case LOOP_RATE -> "rate of looping runs";
      case ABNORMAL_END_RATE -> "rate of abnormal ends";
      case IDENTICAL_CALL_RATE -> "rate of identical calls";
      case SUCCESS_RATE -> "success rate";
      case EVALUATION_RATE -> "evaluation pass rate";
      case EVALUATION_SCORE -> "evaluation score";
      case LATENCY -> "latency";
      case COST -> "cost per call";
      case INPUT_TOKENS -> "input tokens per call";
      case OUTPUT_TOKENS -> "output tokens per call";
      case STEPS -> "tool calls per run";
      case MODEL_STEPS -> "model calls per run";
      case RUN_DURATION -> "run duration";
      case RUN_COST -> "cost per run";
      case HUMAN_WAIT -> "human wait";
      case TOOL_USE -> "use per run";
      case VOLUME -> "volume of runs";
      case LIVE_LOOP -> "loop";
      case NEW_ERROR_TYPE -> "new error type";
      case NEW_TOOL -> "new tool";
      case NEW_VERSION -> "new version";
      case UNKNOWN -> "unknown signal";
    };
  }

  /** What the baseline of a signal counts, in the plural, such as {@code calls}. */
  public static String trials(Signal signal) {
    return switch (signal) {
      case VOLUME -> "slots of five minutes";
      case TOOL_USE -> "calls and runs";
      case HUMAN_OVERRIDE_RATE, HUMAN_REJECTION_RATE, HUMAN_WAIT -> "decisions";
      case EVALUATION_RATE, EVALUATION_SCORE -> "evaluations";
      default -> SignalCounts.countsRuns(signal) ? "runs" : "calls";
    };
  }

  /** Name at the start of a sentence, such as {@code Retry rate}. */
  static String capitalised(Signal signal) {
    String name = of(signal);
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
