package dev.tidemark.bench.detection;

import dev.tidemark.bench.detection.QuantityCalls.Change;
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
  private final DetectionOptions options;
  private final Results results;

  QuantityPart(DetectionOptions options, Results results) {
    this.options = options;
    this.results = results;
  }

  void measure() {
    table("latency", LATENCY_SIGMA);
    table("cost", COST_SIGMA);
    results.say("The detector of this build watches no quantities, so ours has no line here.");
  }

  private void table(String what, double sigma) {
    long windows = options.full() ? 10_000_000 : 200_000;
    int runs = options.full() ? 600 : 60;
    QuantityTrial trial = new QuantityTrial(sigma, options.seeds());
    results.say(
        "%s, lognormal sigma %s, 50 calls per window, baseline 5,000 calls: mean delay in calls.",
        what, sigma);
    results.say(
        "  %-44s %28s %10s %10s %16s",
        "method", "false alarms/million", "x 1.3", "x 2", "5 % of calls x 5");
    contenders(sigma)
        .forEach(
            (name, methods) -> {
              CellTrial.Outcome quiet = trial.falseAlarms(name, methods, windows);
              results.say(
                  "  %-44s %28s %10s %10s %16s",
                  name,
                  Text.between(quiet.perMillion(), quiet.low(), quiet.high()),
                  Text.number(trial.delay(methods, LARGER, runs)),
                  Text.number(trial.delay(methods, TWICE, runs)),
                  Text.number(trial.delay(methods, TAIL, runs)));
            });
  }

  private Map<String, Supplier<QuantityMethod>> contenders(double sigma) {
    long simulate = options.full() ? 10_000_000 : 1_000_000;
    long seed = options.seeds().get(0);
    Map<String, Supplier<QuantityMethod>> all = new LinkedHashMap<>();
    double larger = OracleShift.calibrated(sigma, LARGER.factor(), ARL, simulate, seed);
    double twice = OracleShift.calibrated(sigma, TWICE.factor(), ARL, simulate, seed);
    all.put("oracle CUSUM for x 1.3", () -> new OracleShift(sigma, LARGER.factor(), larger));
    all.put("oracle CUSUM for x 2", () -> new OracleShift(sigma, TWICE.factor(), twice));
    all.put("p95 of 5 windows above 1.3 x baseline", () -> new HighQuantile(1.3));
    all.put("p95 of 5 windows above 1.8 x baseline", () -> new HighQuantile(1.8));
    return all;
  }
}
