package dev.tidemark.fleet;

import dev.tidemark.fleet.FleetPlan.Phase;
import java.util.ArrayList;
import java.util.List;

/**
 * Every run of a plan with its start.
 *
 * @param runs ascending by start
 * @param lengthMs from the start of the play to the arrival of its last record
 */
record Schedule(List<ScheduledRun> runs, long lengthMs) {
  private static final double HOUR_MS = 3_600_000;

  static Schedule of(FleetPlan plan, RecordedRuns recorded) {
    var runs = new ArrayList<ScheduledRun>();
    var chance = new Chance(plan.seed());
    double clock = 0;
    long length = 0;
    for (int phase = 0; phase < plan.phases().size(); phase++) {
      Phase part = plan.phases().get(phase);
      List<RecordedRun> selected = new ArrayList<>(recorded.select(part.runs()));
      for (int cycle = 0; cycle < part.repeat(); cycle++) {
        chance.shuffle(selected);
        String salt = plan.seed() + ":" + phase + ":" + cycle;
        for (RecordedRun run : selected) {
          clock += chance.exponential(HOUR_MS / plan.runsPerHour());
          var scheduled =
              new ScheduledRun(
                  run, runs.size(), phase, cycle, part.version(), salt, Math.round(clock));
          runs.add(scheduled);
          length = Math.max(length, lastArrival(scheduled));
        }
      }
    }
    return new Schedule(List.copyOf(runs), length);
  }

  private static long lastArrival(ScheduledRun run) {
    List<TimedRecord> records = RunConversion.of(run, 0);
    return records.get(records.size() - 1).arrivalMs();
  }
}
