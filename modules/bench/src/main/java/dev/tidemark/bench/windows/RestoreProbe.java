package dev.tidemark.bench.windows;

import java.time.Duration;
import java.util.Map;

/**
 * Time to restore the window store after its directory was wiped, from its first partition that
 * begins to its last that has done so. Beside it, how long the whole start takes until the store
 * answers, with the state wiped and with it kept; forming the group is most of that.
 *
 * @param restoringSeconds while the store was restored
 * @param wipedSeconds start without state
 * @param keptSeconds start with state
 * @param windows entries of the store
 */
record RestoreProbe(
    double restoringSeconds, double wipedSeconds, double keptSeconds, double windows) {
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
      return new RestoreProbe(
          wiped.get("restoring"), wiped.get("seconds"), kept.get("seconds"), wiped.get("windows"));
    } finally {
      arena.clean(runId);
    }
  }

  double secondsPerMillion() {
    return restoringSeconds / windows * 1e6;
  }
}
