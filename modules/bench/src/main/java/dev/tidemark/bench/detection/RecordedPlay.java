package dev.tidemark.bench.detection;

import dev.tidemark.core.detect.Deployment;
import dev.tidemark.fleet.RecordedRun;
import dev.tidemark.fleet.Recording;
import dev.tidemark.fleet.Sent;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Finding;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * Recorded runs of one version and then of another in a deployment of their own, in an order by
 * chance: its windows and what the product's detector opens.
 *
 * @param windows of all series
 * @param changeMs when the second version began
 * @param opened findings that open an episode of drift; facts such as a tool seen for the first
 *     time are no statistics and do not count
 * @param deployment as it stands at the end
 */
record RecordedPlay(
    List<WindowRecord> windows, long changeMs, List<Finding> opened, Deployment deployment) {
  /** Mean number of runs that begin per hour. */
  static final int PER_HOUR = 360;

  static final int PARTITIONS = 4;
  private static final long START_MS = 1_700_006_400_000L;
  private static final double HOUR_MS = 3_600_000;

  /** Runs under the name of a version. */
  record Phase(String version, List<RecordedRun> runs) {}

  static RecordedPlay of(Phase first, Phase second, long seed) {
    Chance chance = new Chance(seed, 4_000_000);
    List<List<Sent>> sent = new ArrayList<>();
    long now = START_MS;
    long changeMs = START_MS;
    for (Phase phase : List.of(first, second)) {
      changeMs = now;
      List<RecordedRun> runs = new ArrayList<>(phase.runs());
      for (int i = runs.size() - 1; i > 0; i--) {
        runs.set(i, runs.set(chance.below(i + 1), runs.get(i)));
      }
      String salt = seed + ":" + (sent.isEmpty() ? 0 : 1);
      for (RecordedRun run : runs) {
        sent.add(Recording.records(run, phase.version(), salt, now));
        now += Math.round(chance.exponential(HOUR_MS / PER_HOUR));
      }
    }
    List<WindowRecord> windows = RecordedWindows.of(sent);
    Deployment deployment = new Deployment(PARTITIONS);
    return new RecordedPlay(windows, changeMs, detect(windows, deployment), deployment);
  }

  private static List<Finding> detect(List<WindowRecord> windows, Deployment deployment) {
    List<Finding> opened = new ArrayList<>();
    windows.forEach(window -> opened.addAll(deployment.observe(window)));
    opened.removeIf(finding -> finding.getMode() == DetectionMode.LIMIT);
    return opened;
  }
}
