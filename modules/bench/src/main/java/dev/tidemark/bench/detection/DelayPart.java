package dev.tidemark.bench.detection;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Calls until a lasting change of a rate is told, against the CUSUM that knows it. */
final class DelayPart {
  private static final List<List<Shift>> SHIFTS =
      List.of(
          List.of(new Shift(0.01, 0.02), new Shift(0.01, 0.013)),
          List.of(new Shift(0.05, 0.1), new Shift(0.05, 0.065)),
          List.of(new Shift(0.2, 0.4), new Shift(0.2, 0.26)),
          List.of(new Shift(0.05, 0.025)),
          List.of(new Shift(0.2, 0.1)),
          List.of(new Shift(0.9, 0.8)));
  private static final DelayTrial.Size QUICK = DelayTrial.Size.of(100, 1_000, 25, 200, 5, 20);
  private static final DelayTrial.Size FULL = DelayTrial.Size.of(500, 3_000, 250, 1_000, 50, 200);
  private final DetectionOptions options;
  private final Results results;

  DelayPart(DetectionOptions options, Results results) {
    this.options = options;
    this.results = results;
  }

  void measure() {
    DelayTrial.Size size = options.full() ? FULL : QUICK;
    results.say(
        "Delay in calls, independent calls, 50 per window, after 200,000 calls. One alarm per hour"
            + " counts.");
    results.say(
        "\"Set to 10\": false alarms per million windows, measured in %,d windows, in the direction"
            + " of the change.",
        (long) size.known().stretches() * History.COUNTED);
    DelayTrial trial = new DelayTrial(size, options.seeds());
    List<Callable<List<List<ShiftMethod.Outcome>>>> parts = new ArrayList<>();
    SHIFTS.forEach(shifts -> parts.add(() -> trial.run(shifts)));
    List<List<List<ShiftMethod.Outcome>>> outcomes = Work.all(parts, options.threads());
    double worst = 0;
    double capped = 0;
    for (int group = 0; group < SHIFTS.size(); group++) {
      for (int i = 0; i < SHIFTS.get(group).size(); i++) {
        Shift shift = SHIFTS.get(group).get(i);
        List<ShiftMethod.Outcome> methods = outcomes.get(group).get(i);
        say(shift, methods);
        if (shift.up()) {
          worst = Math.max(worst, ratio(methods, DelayTrial.KNOWN));
          capped = Math.max(capped, ratio(methods, DelayTrial.CAPPED));
        }
      }
    }
    results.say(
        Contenders.hasMoa()
            ? "ADWIN and Page-Hinkley tell rises only: of falls they see the other calls, which"
                + " rise."
            : "ADWIN and Page-Hinkley are missing: this build is without the profile moa.");
    results.figure("delayVsOracleMax", worst);
    results.target(
        "delay / delay of the oracle CUSUM, worst mean of the rises",
        "<= 1.15",
        worst,
        worst <= 1.15);
    results.say("%-62s %-34s %12s", "  with the cap on a window", "", Text.number(capped));
  }

  private void say(Shift shift, List<ShiftMethod.Outcome> outcomes) {
    results.say("");
    results.say(
        "%s: %s nats per call, log(1/gamma)/KL = %s calls",
        shift.label(),
        Text.number(shift.information()),
        Text.number(bound(shift, DelayTrial.WANTED, 1)));
    results.say(
        "  %-52s %26s %10s %10s %12s",
        "method", "false alarms/million", "delay", "/ oracle", "found");
    double oracle = delay(outcomes, DelayTrial.ORACLE).calls();
    for (ShiftMethod.Outcome outcome : outcomes) {
      ShiftTrial.Delay delay = outcome.delay();
      CellTrial.Outcome quiet = outcome.method().quiet();
      results.say(
          "  %-52s %26s %10s %10s %12s",
          outcome.method().label(),
          Text.between(quiet.perMillion(), quiet.low(), quiet.high()),
          Text.number(delay.calls()),
          Text.number(delay.calls() / oracle),
          delay.found() + " of " + delay.runs());
    }
    ShiftTrial.Delay shipped = delay(outcomes, DelayTrial.SHIPPED);
    results.say(
        "  Tidemark's delay / (log(1/gamma) phi/KL), phi %s as it estimates it: %s",
        Text.number(shipped.phi()),
        Text.number(shipped.calls() / bound(shift, DelayTrial.WANTED / 2, shipped.phi())));
  }

  private static double ratio(List<ShiftMethod.Outcome> outcomes, String method) {
    return delay(outcomes, method).calls() / delay(outcomes, DelayTrial.ORACLE).calls();
  }

  private static ShiftTrial.Delay delay(List<ShiftMethod.Outcome> outcomes, String method) {
    return outcomes.stream()
        .filter(outcome -> outcome.method().label().equals(method))
        .findFirst()
        .orElseThrow()
        .delay();
  }

  private static double bound(Shift shift, double gamma, double phi) {
    return Information.bound(shift.before(), shift.after(), phi, -Math.log(gamma));
  }
}
