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
 * @param keptSeconds start with state, or null
 * @param windows entries of the store
 */
record RestoreProbe(
    double restoringSeconds, double wipedSeconds, Double keptSeconds, double windows) {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /**
   * Measures.
   *
   * @param kept whether the start with its state is measured too
   */
  static RestoreProbe measure(Lab lab, Arena arena, Notes notes, boolean kept) {
    String runId = arena.shape().prefix() + "-restore";
    RunSpec spec = arena.prepare(Contestants.OURS, runId);
    try {
      var unused = new Trial(lab, spec, arena.outputs(Contestants.OURS, spec)).run(Arena.WARM_UP);
      Double keptSeconds = null;
      if (kept) {
        notes.progress("restore: start with the state kept");
        keptSeconds = Figures.of(lab, RestoreMain.class, spec, LIMIT).get("seconds");
      }
      notes.progress("restore: start with the state wiped");
      Lab.sweep(spec.directory());
      Map<String, Double> wiped = Figures.of(lab, RestoreMain.class, spec, LIMIT);
      return new RestoreProbe(
          wiped.get("restoring"), wiped.get("seconds"), keptSeconds, wiped.get("windows"));
    } finally {
      arena.clean(runId);
    }
  }

  double secondsPerMillion() {
    return restoringSeconds / windows * 1e6;
  }
}
