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

  /** Delay against the CUSUM that knows everything. */
  void delay() {
    long windows = options.full() ? 10_000_000 : 500_000;
    int runs = options.full() ? 600 : 60;
    results.say(
        "Delay in calls, independent calls, baseline 200,000 calls, both at one measured false"
            + " alarm in 100,000 windows, %d changes each.",
        runs);
    results.say(
        "  %-18s %10s %10s %10s %10s %22s",
        "change", "ours", "oracle", "ratio", "not found", "ours' alarms/million");
    DelayTrial trial = new DelayTrial(windows, runs, options.seeds(), options.threads());
    double worst = 0;
    for (double rate : RATES) {
      for (DelayTrial.Outcome outcome : trial.run(rate, 2, 1.3)) {
        worst = Math.max(worst, outcome.ratio());
        results.say(
            "  %-18s %10s %10s %10s %10d %22s",
            Text.number(rate) + " x " + outcome.factor(),
            Text.number(outcome.ours()),
            Text.number(outcome.oracle()),
            Text.number(outcome.ratio()),
            outcome.missed(),
            Text.number(outcome.measured()));
      }
    }
    results.figure("delayVsOracleMax", worst);
    results.target(
        "delay / delay of the oracle CUSUM, worst mean", "<= 1.15", worst, worst <= 1.15);
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
}
