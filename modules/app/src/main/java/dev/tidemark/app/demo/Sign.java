package dev.tidemark.app.demo;

import dev.tidemark.fleet.Truth;
import dev.tidemark.records.Alert;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import java.util.Set;

/**
 * By what a metric of the recordings would show in an alert.
 *
 * @param subjects kinds of subject whose alert may tell it
 * @param subject name of the subject; {@code *} for any
 * @param signals any of which tells it; empty when none does
 * @param item within the signal, such as the tool that is used; null where it has none
 * @param unit what its trials are, for people
 * @param share whether its values are shares of 1
 */
record Sign(
    Set<SubjectKind> subjects,
    String subject,
    Set<Signal> signals,
    String item,
    String unit,
    boolean share) {
  private static final String ANY = "*";
  private static final String RUNS = "runs";
  private static final Set<SubjectKind> WHOLE = Set.of(SubjectKind.AGENT, SubjectKind.FLEET);

  Sign {
    subjects = Set.copyOf(subjects);
    signals = Set.copyOf(signals);
  }

  static Sign of(Truth.Metric metric) {
    return switch (metric.metric()) {
      // Failed is errors and denials together: either signal tells it.
      case "fail_rate" -> calls(metric.tool(), Signal.ERROR_RATE, Signal.DENIAL_RATE);
      case "denied_rate" -> calls(metric.tool(), Signal.DENIAL_RATE);
      case "retry_rate" -> calls(metric.tool(), Signal.RETRY_RATE);
      case "identical_rate" -> calls(metric.tool(), Signal.IDENTICAL_CALL_RATE);
      case "success" -> shareOfRuns(Signal.SUCCESS_RATE);
      case "abnormal_end" -> shareOfRuns(Signal.ABNORMAL_END_RATE);
      case "handoff_any" -> shareOfRuns(Signal.ESCALATION_RATE);
      case "attack_success" ->
          new Sign(WHOLE, ANY, Set.of(Signal.EVALUATION_RATE), metric.metric(), RUNS, true);
      case "calls_per_run" ->
          new Sign(WHOLE, ANY, Set.of(Signal.TOOL_USE), metric.tool(), RUNS, false);
      case "tool_calls_per_run" -> perRun(Signal.STEPS);
      case "llm_calls_per_run" -> perRun(Signal.MODEL_STEPS);
      case "cost_per_run" -> perRun(Signal.RUN_COST);
      case "run_duration_geomean_ms" -> perRun(Signal.RUN_DURATION);
      case "llm_latency_geomean_ms" -> ofModel(Signal.LATENCY);
      case "in_tokens_per_llm" -> ofModel(Signal.INPUT_TOKENS);
      case "out_tokens_per_llm" -> ofModel(Signal.OUTPUT_TOKENS);
      default -> new Sign(WHOLE, ANY, Set.of(), null, RUNS, false);
    };
  }

  /** Rates over the calls of a tool, or of all tools with {@code *}. */
  static Sign calls(String tool, Signal... signals) {
    boolean all = tool == null || tool.equals(ANY);
    return all
        ? new Sign(WHOLE, ANY, Set.of(signals), null, "calls", true)
        : new Sign(Set.of(SubjectKind.TOOL), tool, Set.of(signals), null, "calls", true);
  }

  private static Sign shareOfRuns(Signal signal) {
    return new Sign(WHOLE, ANY, Set.of(signal), null, RUNS, true);
  }

  private static Sign perRun(Signal signal) {
    return new Sign(WHOLE, ANY, Set.of(signal), null, RUNS, false);
  }

  private static Sign ofModel(Signal signal) {
    return new Sign(Set.of(SubjectKind.MODEL), ANY, Set.of(signal), null, RUNS, false);
  }

  /** Whether an alert is about the metric, whichever way it says it moved. */
  boolean isShownBy(Alert alert) {
    return isOf(alert.getSeries())
        && signals.contains(alert.getSignal())
        && (item == null || item.equals(alert.getItem()));
  }

  /** Whether a series counts the metric. */
  boolean isOf(SeriesKey series) {
    return subjects.contains(series.getSubjectKind())
        && (subject.equals(ANY) || subject.equals(series.getSubjectName()));
  }
}
