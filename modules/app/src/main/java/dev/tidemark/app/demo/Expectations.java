package dev.tidemark.app.demo;

import dev.tidemark.app.demo.Expectation.Kind;
import dev.tidemark.fleet.Truth;
import java.util.ArrayList;
import java.util.List;

/** What truth.json says, in terms of signals. */
final class Expectations {
  private static final String RUNS = "*";
  private static final String CALLS_PER_RUN = "calls_per_run";

  private Expectations() {}

  static List<Expectation> of(Truth.Pair pair) {
    var all = new ArrayList<Expectation>();
    pair.drift().forEach(metric -> all.add(of(pair, metric, Kind.DRIFT)));
    pair.ambiguous().forEach(metric -> all.add(of(pair, metric, Kind.AMBIGUOUS)));
    pair.same().forEach(metric -> all.add(of(pair, metric, Kind.SAME)));
    return all;
  }

  private static Expectation of(Truth.Pair pair, Truth.Metric metric, Kind kind) {
    boolean perRun = metric.metric().equals(CALLS_PER_RUN);
    return new Expectation(
        metric.tool() == null ? RUNS : metric.tool(),
        metric.metric(),
        Sign.of(metric),
        kind,
        metric.a() == null ? Double.NaN : metric.a(),
        metric.b() == null ? Double.NaN : metric.b(),
        perRun ? pair.runsA() : trials(metric.nA()),
        perRun ? pair.runsB() : trials(metric.nB()));
  }

  private static long trials(Integer told) {
    return told == null ? 0 : told;
  }
}
