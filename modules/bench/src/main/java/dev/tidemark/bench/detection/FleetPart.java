package dev.tidemark.bench.detection;

import java.util.List;
import java.util.Map;

/** False alerts per day and doublings found in whole fleets, all contenders side by side. */
final class FleetPart {
  private final DetectionOptions options;
  private final Results results;

  FleetPart(DetectionOptions options, Results results) {
    this.options = options;
    this.results = results;
  }

  void measure() {
    FleetPlan plan =
        options.full()
            ? new FleetPlan(FleetSeries.FLEET, 30, 50, options.threads())
            : new FleetPlan(200, 10, 5, options.threads());
    List<Contender> contenders = Contenders.all(FleetPlan.PER_SERIES_DAY);
    results.say(
        "Fleet of 10,000 series, budget 1 false alert per day, windows of 15 s, 0.02 to 60 calls"
            + " per minute, rates 0.2 to 20 %%.");
    results.say(
        "Simulated: %,d of the series for %d days per seed; 1 in %d doubles its rate for the last"
            + " two days. One alert per series and hour counts.",
        plan.series(), plan.days(), plan.shiftOneIn());
    results.say("The others learn for three days in silence; ours counts from its first call on.");
    FleetLedger ledger =
        options.results() == null
            ? FleetLedger.none()
            : FleetLedger.of(options.results(), FleetSetting.of(plan, contenders));
    if (options.results() != null) {
      results.say(
          "%s holds %,d shards of these settings; %,d lines of others do not count.",
          options.results(), ledger.size(), ledger.foreign());
    }
    new FleetRun(plan, contenders, options.seeds(), ledger, options.minutes())
        .run()
        .forEach(
            (regime, tallies) -> {
              say(regime, contenders, tallies);
              ours(regime, tallies.get(Ours.NAME));
            });
    if (!Contenders.hasMoa()) {
      results.say("ADWIN and Page-Hinkley are missing: this build is without the profile moa.");
    }
  }

  private void say(Regime regime, List<Contender> contenders, Map<String, FleetTally> tallies) {
    results.say("");
    results.say("%s: %s", regime.key(), regime.label());
    results.say(
        "  %-42s %28s %10s %14s %16s",
        "method", "false alerts/day (95 %)", "days", "doubled found", "feasible found");
    for (Contender contender : contenders) {
      FleetTally t = tallies.get(contender.name());
      results.say(
          "  %-42s %28s %10s %14s %16s",
          contender.label(),
          Text.between(t.perDay(), t.perDayLow(), t.perDayHigh()),
          Text.number(t.fleetDays()),
          t.found + " of " + t.shifted,
          t.feasibleFound + " of " + t.feasible);
    }
  }

  private void ours(Regime regime, FleetTally ours) {
    results.falsePerDay(regime, ours.perDay());
    double high = ours.perDayHigh();
    results.target(
        "false alerts per day, " + regime.key(), "<= 1.0", ours.perDay(), ours.perDay() <= 1);
    boolean enough = Bounds.poissonHigh(0) / ours.fleetDays() <= 1.5;
    boolean missed = enough || ours.perDayLow() > 1.5;
    results.say(
        "%-62s %-34s %12s  %s",
        "its upper 95 % Poisson bound",
        "<= 1.5",
        Text.number(high),
        high <= 1.5 ? "met" : missed ? "MISSED" : "too few days to show it: use --full");
    if (ours.quietLater > 0) {
      results.say("after the first week: %s per day", Text.number(ours.perLaterDay()));
    }
    results.say("Doublings, calls until the alert / (log(1/gamma) phi/KL):");
    double[] seen =
        delays("phi as the detector estimates it", ours.delaysAsSeen, ours.feasibleAsSeen);
    delays("phi as simulated", ours.delays, ours.feasible);
    if (regime == Regime.CLUSTERED) {
      results.figure("delayVsBoundMedian", seen[0]);
      results.figure("delayVsBoundP90", seen[1]);
      results.figure("feasibleFound", seen[2]);
    }
  }

  private double[] delays(String phi, List<Double> delays, long feasible) {
    double median = Quantiles.of(delays, 0.5);
    double p90 = Quantiles.of(delays, 0.9);
    double found = (double) delays.size() / feasible;
    results.target("  median, " + phi, "<= 1.1", median, median <= 1.1);
    results.target("  90th percentile, " + phi, "<= 1.7", p90, p90 <= 1.7);
    results.target("  feasible found, " + phi, ">= 0.98", found, found >= 0.98);
    return new double[] {median, p90, found};
  }
}
