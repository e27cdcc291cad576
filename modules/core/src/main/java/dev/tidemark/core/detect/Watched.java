package dev.tidemark.core.detect;

import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import java.util.EnumMap;
import java.util.Map;

/**
 * The signals that are watched in each kind of subject, and how much of a series' budget each may
 * spend. Members of a family (evaluations by name, tools of an agent) share the part of the family:
 * the n-th that was seen gets 1 / (n (n + 1)), so that any number of them never spends more.
 */
final class Watched {
  /** Most members of a family in one series. */
  static final int MEMBERS = 16;

  private static final Map<SubjectKind, Map<Signal, Integer>> WEIGHTS = weights();
  private static final Map<SubjectKind, Integer> TOTALS = totals();

  private Watched() {}

  /** Signals of a kind with their weights, in the order of their evaluation. */
  static Map<Signal, Integer> of(SubjectKind kind) {
    return WEIGHTS.getOrDefault(kind, Map.of());
  }

  /**
   * Part of a series' budget that belongs to a signal; all of them add up to at most one.
   *
   * @param member place of the member in its family, from 0; 0 for what is no family
   */
  static double share(SubjectKind kind, Signal signal, int member) {
    Integer weight = of(kind).get(signal);
    if (weight == null) {
      return 0;
    }
    double part = (double) weight / TOTALS.get(kind);
    return family(signal) ? part / ((member + 1.0) * (member + 2.0)) : part;
  }

  /** Whether a signal stands for several, told apart by their names. */
  static boolean family(Signal signal) {
    return switch (signal) {
      case EVALUATION_RATE, EVALUATION_SCORE, TOOL_USE -> true;
      default -> false;
    };
  }

  private static Map<SubjectKind, Map<Signal, Integer>> weights() {
    Map<Signal, Integer> tool = new EnumMap<>(Signal.class);
    weigh(tool, 4, Signal.RETRY_RATE, Signal.ERROR_RATE, Signal.DENIAL_RATE);
    weigh(tool, 3, Signal.LATENCY);
    weigh(tool, 2, Signal.IDENTICAL_CALL_RATE);
    weigh(tool, 1, Signal.HUMAN_OVERRIDE_RATE, Signal.HUMAN_REJECTION_RATE, Signal.HUMAN_WAIT);
    Map<Signal, Integer> model = new EnumMap<>(Signal.class);
    weigh(model, 4, Signal.ERROR_RATE, Signal.LATENCY, Signal.COST);
    weigh(model, 2, Signal.RETRY_RATE, Signal.DENIAL_RATE);
    weigh(model, 2, Signal.INPUT_TOKENS, Signal.OUTPUT_TOKENS);
    Map<Signal, Integer> fleet = new EnumMap<>(Signal.class);
    weigh(fleet, 4, Signal.RETRY_RATE, Signal.ERROR_RATE, Signal.DENIAL_RATE);
    weigh(fleet, 4, Signal.SILENT_RECOVERY_RATE, Signal.ABNORMAL_END_RATE, Signal.SUCCESS_RATE);
    weigh(fleet, 4, Signal.EVALUATION_RATE);
    weigh(fleet, 2, Signal.IDENTICAL_CALL_RATE, Signal.ESCALATION_RATE, Signal.LOOP_RATE);
    weigh(fleet, 2, Signal.HUMAN_OVERRIDE_RATE, Signal.HUMAN_REJECTION_RATE);
    weigh(fleet, 2, Signal.EVALUATION_SCORE, Signal.LATENCY, Signal.STEPS, Signal.MODEL_STEPS);
    weigh(fleet, 2, Signal.RUN_DURATION, Signal.RUN_COST, Signal.VOLUME);
    weigh(fleet, 1, Signal.HUMAN_WAIT);
    Map<Signal, Integer> agent = new EnumMap<>(fleet);
    weigh(agent, 4, Signal.TOOL_USE);
    return Map.of(
        SubjectKind.TOOL, tool,
        SubjectKind.MODEL, model,
        SubjectKind.AGENT, agent,
        SubjectKind.FLEET, fleet);
  }

  private static void weigh(Map<Signal, Integer> weights, int weight, Signal... signals) {
    for (Signal signal : signals) {
      weights.put(signal, weight);
    }
  }

  private static Map<SubjectKind, Integer> totals() {
    Map<SubjectKind, Integer> totals = new EnumMap<>(SubjectKind.class);
    WEIGHTS.forEach(
        (kind, weights) ->
            totals.put(kind, weights.values().stream().mapToInt(Integer::intValue).sum()));
    return totals;
  }
}
