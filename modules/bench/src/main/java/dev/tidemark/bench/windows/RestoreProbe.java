package dev.tidemark.bench.windows;

import java.time.Duration;
import java.util.Map;

/**
 * Time to restore the window store: a start with the state directory wiped against a start with it
 * kept, both until the store answers, divided by the windows in it.
 *
 * @param wipedSeconds start without state
 * @param keptSeconds start with state
 * @param windows entries of the store
 */
record RestoreProbe(double wipedSeconds, double keptSeconds, double windows) {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  static RestoreProbe measure(Lab lab, Arena arena, Notes notes) {
    String runId = arena.shape().prefix() + "-restore";
    RunSpec spec = arena.prepare(Contestants.OURS, runId);
    try {
      var unused = new Trial(lab, spec, arena.outputs(Contestants.OURS, spec)).run(Arena.WARM_UP);
      notes.progress("restore: start with the state kept");
      Map<String, Double> kept = Figures.of(lab, RestoreMain.class, spec, LIMIT);
      notes.progress("restore: start with the state wiped");
      Lab.sweep(spec.directory());
      Map<String, Double> wiped = Figures.of(lab, RestoreMain.class, spec, LIMIT);
      return new RestoreProbe(wiped.get("seconds"), kept.get("seconds"), wiped.get("windows"));
    } finally {
      arena.clean(runId);
    }
  }

  double secondsPerMillion() {
    return Math.max(0, wipedSeconds - keptSeconds) / windows * 1e6;
  }
}
