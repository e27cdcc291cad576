package dev.tidemark.bench.detection;

import dev.tidemark.fleet.Truth;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Finding;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import java.util.List;

/**
 * Which signals of which subject say what a metric of truth.json says.
 *
 * @param kind of the subject
 * @param name of the subject; null for any of the kind
 * @param signals any of which will do
 * @param item within the signal; null where it has none
 */
record Watched(SubjectKind kind, String name, List<Signal> signals, String item) {
  private static final String EVERY_TOOL = "*";

  /** Null when nothing that is watched says it. */
  static Watched of(Truth.Metric metric) {
    return switch (metric.metric()) {
      case "fail_rate", "any_tool_fail" -> calls(metric, Signal.ERROR_RATE, Signal.DENIAL_RATE);
      case "denied_rate" -> calls(metric, Signal.DENIAL_RATE);
      case "retry_rate" -> calls(metric, Signal.RETRY_RATE);
      case "identical_rate" -> calls(metric, Signal.IDENTICAL_CALL_RATE);
      case "success" -> agent(Signal.SUCCESS_RATE, null);
      case "abnormal_end" -> agent(Signal.ABNORMAL_END_RATE, null);
      case "handoff_any" -> agent(Signal.ESCALATION_RATE, null);
      case "attack_success" -> agent(Signal.EVALUATION_RATE, "attack_success");
      case "calls_per_run" -> agent(Signal.TOOL_USE, metric.tool());
      case "tool_calls_per_run" -> agent(Signal.STEPS, null);
      case "llm_calls_per_run" -> agent(Signal.MODEL_STEPS, null);
      case "in_tokens_per_llm" -> model(Signal.INPUT_TOKENS);
      case "out_tokens_per_llm" -> model(Signal.OUTPUT_TOKENS);
      case "cost_per_run" -> agent(Signal.RUN_COST, null);
      case "run_duration_geomean_ms" -> agent(Signal.RUN_DURATION, null);
      case "llm_latency_geomean_ms" -> model(Signal.LATENCY);
      default -> null;
    };
  }

  static Direction direction(Truth.Metric metric) {
    return metric.b() > metric.a() ? Direction.UP : Direction.DOWN;
  }

  boolean isToldBy(Finding finding) {
    return finding.getSeries().getSubjectKind() == kind
        && (name == null || name.equals(finding.getSeries().getSubjectName()))
        && signals.contains(finding.getSignal())
        && (item == null || item.equals(finding.getItem()));
  }

  private static Watched calls(Truth.Metric metric, Signal... signals) {
    boolean every = metric.tool() == null || metric.tool().equals(EVERY_TOOL);
    return every
        ? new Watched(SubjectKind.AGENT, null, List.of(signals), null)
        : new Watched(SubjectKind.TOOL, metric.tool(), List.of(signals), null);
  }

  private static Watched agent(Signal signal, String item) {
    return new Watched(SubjectKind.AGENT, null, List.of(signal), item);
  }

  private static Watched model(Signal signal) {
    return new Watched(SubjectKind.MODEL, null, List.of(signal), null);
  }
}
