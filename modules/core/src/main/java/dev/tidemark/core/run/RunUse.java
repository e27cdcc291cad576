package dev.tidemark.core.run;

import dev.tidemark.core.window.Quantity;
import dev.tidemark.core.window.WindowTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What a run took, of all its agents together.
 *
 * @param steps tool attempts
 * @param modelSteps leaf model calls
 * @param durationUs from start to end, microseconds; negative when unknown
 * @param costMicros millionths of one currency; negative when the cost of a model call is not
 *     known, when they are in several currencies, and when there was none
 * @param parts attempts by tool and model, in order of their names
 */
record RunUse(int steps, int modelSteps, long durationUs, long costMicros, List<Part> parts) {
  private static final long UNKNOWN = -1;

  /**
   * Attempts of one tool or model.
   *
   * @param name as {@link dev.tidemark.core.window.SeriesNode#part()} says
   */
  record Part(String name, int calls) {}

  static RunUse of(RunState run, SpanFact root) {
    TreeMap<String, Integer> calls = new TreeMap<>();
    int steps = 0;
    int modelSteps = 0;
    long cost = 0;
    String currency = null;
    for (SpanFact fact : run.spans()) {
      if (!fact.attempt()) {
        continue;
      }
      calls.merge(fact.subject.part(), 1, Integer::sum);
      if (fact.isTool()) {
        steps++;
        continue;
      }
      modelSteps++;
      long micros = fact.usage.costMicros();
      boolean same = currency == null || currency.equals(fact.usage.currency());
      cost = cost < 0 || micros < 0 || !same ? UNKNOWN : cost + micros;
      currency = fact.usage.currency();
    }
    List<Part> parts = new ArrayList<>(calls.size());
    calls.forEach((name, count) -> parts.add(new Part(name, count)));
    return new RunUse(steps, modelSteps, duration(root), modelSteps == 0 ? UNKNOWN : cost, parts);
  }

  private static long duration(SpanFact root) {
    if (root == null) {
      return UNKNOWN;
    }
    if (root.durationUs >= 0) {
      return root.durationUs;
    }
    return root.startMs == SpanFact.NONE ? UNKNOWN : Math.max(0, root.endMs - root.startMs) * 1000;
  }

  void add(WindowTotals totals, int sign) {
    totals.add(Quantity.STEPS, steps, sign);
    totals.add(Quantity.MODEL_STEPS, modelSteps, sign);
    if (durationUs >= 0) {
      totals.add(Quantity.RUN_DURATION, durationUs, sign);
    }
    if (costMicros >= 0) {
      totals.add(Quantity.RUN_COST, costMicros, sign);
    }
    for (Part part : parts) {
      totals.addRun(part.name(), part.calls(), sign);
    }
  }
}
