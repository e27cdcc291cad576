package dev.tidemark.bench.detection;

import dev.tidemark.bench.detection.QuantityCalls.Change;
import dev.tidemark.records.Signal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Latency and cost: who finds a growth of all values, a doubling and a longer tail, and when. */
final class QuantityPart {
  private static final double ARL = 1e5;
  private static final double LATENCY_SIGMA = 1;
  private static final double COST_SIGMA = 1.5;
  private static final Change LARGER = new Change(1, 1.3);
  private static final Change TWICE = new Change(1, 2);
  private static final Change TAIL = new Change(0.05, 5);
  private static final String OURS = "Tidemark, beside its own past";
  private static final String ORACLE = "oracle CUSUM for x 1.3";
  private final DetectionOptions options;
  private final Results results;

  QuantityPart(DetectionOptions options, Results results) {
    this.options = options;
    this.results = results;
  }

  void measure() {
    double[] latency = table("latency", Signal.LATENCY, LATENCY_SIGMA);
    double[] cost = table("cost", Signal.COST, COST_SIGMA);
    double ratio = latency[0] / latency[2];
    results.figure("latencyDelayVsOracle", ratio);
    results.target("latency x 1.3, delay / delay of its oracle", "<= 1.3", ratio, ratio <= 1.3);
    results.target("latency, 5 % of calls x 5, calls", "<= 3,000", latency[1], latency[1] <= 3_000);
    results.figure("costDelayCalls", cost[0]);
    results.target("cost x 1.3, calls", "<= 900", cost[0], cost[0] <= 900);
  }

  /** Mean delays of ours at a growth by 1.3 and of its tail, and of the oracle at the growth. */
  private double[] table(String what, Signal signal, double sigma) {
    long windows = options.full() ? 10_000_000 : 200_000;
    int runs = options.full() ? 600 : 60;
    QuantityTrial trial = new QuantityTrial(sigma, options.seeds());
    results.say(
        "%s, lognormal sigma %s, 50 calls per window, baseline 5,000 calls: mean delay in calls.",
        what, sigma);
    results.say(
        "  %-44s %28s %10s %10s %16s",
        "method", "false alarms/million", "x 1.3", "x 2", "5 % of calls x 5");
    double[] figures = new double[3];
    for (var contender : contenders(signal, sigma).entrySet()) {
      Supplier<QuantityMethod> methods = contender.getValue();
      CellTrial.Outcome quiet = trial.falseAlarms(contender.getKey(), methods, windows);
      double larger = trial.delay(methods, LARGER, runs);
      double tail = trial.delay(methods, TAIL, runs);
      results.say(
          "  %-44s %28s %10s %10s %16s",
          contender.getKey(),
          Text.between(quiet.perMillion(), quiet.low(), quiet.high()),
          Text.number(larger),
          Text.number(trial.delay(methods, TWICE, runs)),
          Text.number(tail));
      if (contender.getKey().equals(OURS)) {
        figures[0] = larger;
        figures[1] = tail;
        results.target(
            "false alarms per million windows",
            "<= 10",
            quiet.perMillion(),
            quiet.perMillion() <= 10);
      } else if (contender.getKey().equals(ORACLE)) {
        figures[2] = larger;
      }
    }
    return figures;
  }

  private Map<String, Supplier<QuantityMethod>> contenders(Signal signal, double sigma) {
    long simulate = options.full() ? 10_000_000 : 1_000_000;
    long seed = options.seeds().get(0);
    Map<String, Supplier<QuantityMethod>> all = new LinkedHashMap<>();
    double larger = OracleShift.calibrated(sigma, LARGER.factor(), ARL, simulate, seed);
    double twice = OracleShift.calibrated(sigma, TWICE.factor(), ARL, simulate, seed);
    all.put(OURS, () -> new OursQuantity(signal, CellTrial.NOMINAL));
    all.put(ORACLE, () -> new OracleShift(sigma, LARGER.factor(), larger));
    all.put("oracle CUSUM for x 2", () -> new OracleShift(sigma, TWICE.factor(), twice));
    all.put("p95 of 5 windows above 1.3 x baseline", () -> new HighQuantile(1.3));
    all.put("p95 of 5 windows above 1.8 x baseline", () -> new HighQuantile(1.8));
    return all;
  }
}
