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
    Map<Signal, Integer> weights = of(kind);
    Integer weight = weights.get(signal);
    if (weight == null) {
      return 0;
    }
    int total = weights.values().stream().mapToInt(Integer::intValue).sum();
    double part = (double) weight / total;
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
    tool.put(Signal.RETRY_RATE, 4);
    tool.put(Signal.ERROR_RATE, 4);
    tool.put(Signal.DENIAL_RATE, 4);
    tool.put(Signal.IDENTICAL_CALL_RATE, 2);
    tool.put(Signal.HUMAN_OVERRIDE_RATE, 1);
    tool.put(Signal.HUMAN_REJECTION_RATE, 1);
    tool.put(Signal.LATENCY, 3);
    tool.put(Signal.HUMAN_WAIT, 1);
    Map<Signal, Integer> model = new EnumMap<>(Signal.class);
    model.put(Signal.RETRY_RATE, 2);
    model.put(Signal.ERROR_RATE, 4);
    model.put(Signal.DENIAL_RATE, 2);
    model.put(Signal.LATENCY, 4);
    model.put(Signal.COST, 4);
    model.put(Signal.INPUT_TOKENS, 2);
    model.put(Signal.OUTPUT_TOKENS, 2);
    Map<Signal, Integer> agent = new EnumMap<>(Signal.class);
    agent.put(Signal.RETRY_RATE, 4);
    agent.put(Signal.ERROR_RATE, 4);
    agent.put(Signal.DENIAL_RATE, 4);
    agent.put(Signal.IDENTICAL_CALL_RATE, 2);
    agent.put(Signal.SILENT_RECOVERY_RATE, 4);
    agent.put(Signal.ABNORMAL_END_RATE, 4);
    agent.put(Signal.ESCALATION_RATE, 2);
    agent.put(Signal.LOOP_RATE, 2);
    agent.put(Signal.SUCCESS_RATE, 4);
    agent.put(Signal.HUMAN_OVERRIDE_RATE, 2);
    agent.put(Signal.HUMAN_REJECTION_RATE, 2);
    agent.put(Signal.EVALUATION_RATE, 4);
    agent.put(Signal.EVALUATION_SCORE, 2);
    agent.put(Signal.TOOL_USE, 4);
    agent.put(Signal.LATENCY, 2);
    agent.put(Signal.STEPS, 2);
    agent.put(Signal.MODEL_STEPS, 2);
    agent.put(Signal.RUN_DURATION, 2);
    agent.put(Signal.RUN_COST, 2);
    agent.put(Signal.HUMAN_WAIT, 1);
    agent.put(Signal.VOLUME, 2);
    Map<Signal, Integer> fleet = new EnumMap<>(agent);
    fleet.remove(Signal.TOOL_USE);
    return Map.of(
        SubjectKind.TOOL, tool,
        SubjectKind.MODEL, model,
        SubjectKind.AGENT, agent,
        SubjectKind.FLEET, fleet);
  }
}
