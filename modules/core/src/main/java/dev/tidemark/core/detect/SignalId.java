package dev.tidemark.core.detect;

import dev.tidemark.records.Signal;

/**
 * What is watched in a series: a signal, and of families its member.
 *
 * @param item evaluation or tool the signal is about; empty when the signal says it all
 */
record SignalId(Signal signal, String item) {
  static SignalId of(Signal signal) {
    return new SignalId(signal, "");
  }

  /** Kinds of statistics. */
  enum Kind {
    RATE,
    QUANTITY,
    VOLUME,
    FACT
  }

  Kind kind() {
    return kind(signal);
  }

  static Kind kind(Signal signal) {
    return switch (signal) {
      case RETRY_RATE,
          ERROR_RATE,
          DENIAL_RATE,
          SILENT_RECOVERY_RATE,
          HUMAN_OVERRIDE_RATE,
          HUMAN_REJECTION_RATE,
          ESCALATION_RATE,
          LOOP_RATE,
          ABNORMAL_END_RATE,
          IDENTICAL_CALL_RATE,
          SUCCESS_RATE,
          EVALUATION_RATE,
          EVALUATION_SCORE,
          TOOL_USE ->
          Kind.RATE;
      case LATENCY,
          COST,
          INPUT_TOKENS,
          OUTPUT_TOKENS,
          STEPS,
          MODEL_STEPS,
          RUN_DURATION,
          RUN_COST,
          HUMAN_WAIT ->
          Kind.QUANTITY;
      case VOLUME -> Kind.VOLUME;
      case LIVE_LOOP, NEW_ERROR_TYPE, NEW_TOOL, NEW_VERSION, UNKNOWN -> Kind.FACT;
    };
  }
}
