package dev.tidemark.app.demo;

import dev.tidemark.app.demo.Expectation.Kind;
import dev.tidemark.fleet.Truth;
import dev.tidemark.records.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What truth.json says, in terms of signals. */
final class Expectations {
  private static final String RUNS = "*";
  private static final Map<String, Set<Signal>> SIGNALS =
      Map.of(
          // Failed is errors and denials together: either signal tells it.
          "fail_rate", Set.of(Signal.ERROR_RATE, Signal.DENIAL_RATE),
          "denied_rate", Set.of(Signal.DENIAL_RATE),
          "retry_rate", Set.of(Signal.RETRY_RATE),
          "identical_rate", Set.of(Signal.IDENTICAL_CALL_RATE),
          "success", Set.of(Signal.SUCCESS_RATE),
          "abnormal_end", Set.of(Signal.ABNORMAL_END_RATE),
          "handoff_any", Set.of(Signal.ESCALATION_RATE));

  private Expectations() {}

  static List<Expectation> of(Truth.Pair pair) {
    var all = new ArrayList<Expectation>();
    pair.drift().forEach(metric -> all.add(of(metric, Kind.DRIFT)));
    pair.ambiguous().forEach(metric -> all.add(of(metric, Kind.AMBIGUOUS)));
    pair.same().forEach(metric -> all.add(of(metric, Kind.SAME)));
    return all;
  }

  private static Expectation of(Truth.Metric metric, Kind kind) {
    return new Expectation(
        metric.tool() == null ? RUNS : metric.tool(),
        metric.metric(),
        SIGNALS.getOrDefault(metric.metric(), Set.of()),
        kind,
        metric.a() == null ? Double.NaN : metric.a(),
        metric.b() == null ? Double.NaN : metric.b(),
        metric.nA() == null ? 0 : metric.nA(),
        metric.nB() == null ? 0 : metric.nB());
  }
}
