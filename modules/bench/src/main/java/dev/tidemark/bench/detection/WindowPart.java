package dev.tidemark.bench.detection;

import dev.tidemark.fleet.Recording;
import java.util.ArrayList;
import java.util.List;

/** Figures of single series with fifty calls per window. */
final class WindowPart {
  private static final double[] RATES = {0.01, 0.05, 0.2};
  private final DetectionOptions options;
  private final Results results;

  WindowPart(DetectionOptions options, Results results) {
    this.options = options;
    this.results = results;
  }

  /** False alarms per million windows in every cell. */
  void cells(Recording recording) {
    long windows = options.full() ? 10_000_000 : 200_000;
    results.say(
        "False alarms per million windows of 50 calls, nominal 10 (both directions), %,d windows"
            + " per cell.",
        windows);
    List<Cell> cells = new ArrayList<>(Cell.baselines());
    List<long[]> airline = Recording.failures(recording.version("tau1", "airline", "gpt-4o"));
    cells.addAll(Cell.dependent(airline));
    double worst = 0;
    for (Cell cell : cells) {
      CellTrial.Outcome outcome = CellTrial.run(cell, windows, options.seeds(), options.threads());
      worst = Math.max(worst, outcome.perMillion());
      results.say(
          "  %-46s %30s  (%d alarms)",
          outcome.name(),
          Text.between(outcome.perMillion(), outcome.low(), outcome.high()),
          outcome.alarms());
    }
    results.figure("worstFaPerMillion", worst);
    results.target("false alarms per million windows, worst cell", "<= 10", worst, worst <= 10);
  }

  /** What alarms tell. */
  void explanation() {
    int perSetting = options.full() ? 300 : 20;
    ExplanationTrial.Outcome outcome = ExplanationTrial.run(perSetting, options.seeds());
    double coverage = outcome.coverage();
    results.say(
        "What %,d alarms told about rises by 1.5, 2 and 4 at 1, 5 and 20 %%, independent calls and"
            + " runs.",
        outcome.alarms());
    results.say(
        "  interval covers the truth: %s",
        Text.between(
            coverage,
            Bounds.shareLow(outcome.covered(), outcome.alarms()),
            Bounds.shareHigh(outcome.covered(), outcome.alarms())));
    results.figure("intervalCoverage", coverage);
    results.figure("changePointErrorMedian", outcome.medianError());
    results.target(
        "interval of the rate since covers the truth", ">= 0.95", coverage, coverage >= 0.95);
    results.target(
        "error of the time of the change, windows, median",
        "<= 3",
        outcome.medianError(),
        outcome.medianError() <= 3);
  }

  /** Two versions side by side while both have a season. */
  void canary() {
    long windows = options.full() ? 20_000_000 : 400_000;
    int runs = options.full() ? 2_000 : 400;
    results.say(
        "Canary: 50 calls of the new version per window, daily season of +-50 %% in both; a"
            + " doubling from the first call on, 1e-5 false alarms allowed per direction and"
            + " change.");
    results.say(
        "  %-32s %28s %10s %10s %10s %6s",
        "setting", "false alarms/million", "delay", "bound", "ratio", "phi");
    double worst = 0;
    double slowest = 0;
    for (int others : new int[] {9, 1}) {
      for (double rate : RATES) {
        CanaryTrial trial = new CanaryTrial(rate, others, options.seeds());
        CellTrial.Outcome quiet = trial.falseAlarms(windows);
        CanaryTrial.Delay delay = trial.delay(runs);
        double ratio = delay.calls() / delay.bound();
        worst = Math.max(worst, quiet.perMillion());
        slowest = Math.max(slowest, ratio);
        results.say(
            "  %-32s %28s %10s %10s %10s %6s",
            quiet.name(),
            Text.between(quiet.perMillion(), quiet.low(), quiet.high()),
            Text.number(delay.calls()),
            Text.number(delay.bound()),
            Text.number(ratio),
            Text.number(delay.phi()));
      }
    }
    results.figure("canaryFaPerMillion", worst);
    results.target("canary, false alarms per million windows, worst", "<= 10", worst, worst <= 10);
    results.target("canary, delay / bound, worst mean", "<= 1.3", slowest, slowest <= 1.3);
  }

  /** Which part of a series alerts name as the cause. */
  void dimensions() {
    int times = options.full() ? 300 : 20;
    long alerts = 0;
    long first = 0;
    for (DimensionTrial.Planted planted : DimensionTrial.Planted.values()) {
      DimensionTrial.Outcome outcome = DimensionTrial.run(planted, times, options.seeds());
      results.say(
          "  planted %s: named first in %d of %d alerts",
          planted.label(), outcome.first(), outcome.alerts());
      alerts += outcome.alerts();
      first += outcome.first();
    }
    double share = (double) first / alerts;
    results.figure("dimensionTop1", share);
    results.target("the planted part is named first", ">= 0.95", share, share >= 0.95);
  }
}
