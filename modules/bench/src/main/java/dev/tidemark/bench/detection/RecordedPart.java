package dev.tidemark.bench.detection;

import dev.tidemark.fleet.Recording;
import java.util.List;

/** Recorded runs of pairs that differ and of parts that do not. */
final class RecordedPart {
  private static final int MOST_LINES = 60;
  private final DetectionOptions options;
  private final Results results;

  RecordedPart(DetectionOptions options, Results results) {
    this.options = options;
    this.results = results;
  }

  void measure(Recording recording) {
    results.say(
        "Recorded runs %s (%,d): played at %d runs per hour, order by chance, %d partitions, a"
            + " deployment of its own each.",
        recording.name(), recording.size(), RecordedPlay.PER_HOUR, RecordedPlay.PARTITIONS);
    splits(recording);
    pairs(recording);
  }

  private void splits(Recording recording) {
    int random = options.full() ? 10 : 1;
    RecordedSplits.Outcome outcome = RecordedSplits.judge(recording, options.seeds(), random);
    list("false alert", outcome.falseOnes);
    list("not played", outcome.notPlayed);
    results.figure("recordedFalse", (double) outcome.falseAlerts);
    results.target(
        "false alerts in " + outcome.plays + " A/A splits and repeats",
        "0",
        (double) outcome.falseAlerts,
        outcome.falseAlerts == 0);
    if (outcome.changedBackends > 0) {
      results.target(
          "repeats with another backend: latency told, backend blamed",
          "" + outcome.changedBackends,
          outcome.backendsFound,
          outcome.backendsFound == outcome.changedBackends);
    }
  }

  private void pairs(Recording recording) {
    RecordedPairs.Outcome outcome = RecordedPairs.judge(recording, options.seeds());
    results.say(
        "  %-28s %18s %20s %24s",
        "metric", "feasible, found", "infeasible, found", "not watched by ours");
    outcome.byMetric.forEach(
        (metric, t) ->
            results.say(
                "  %-28s %18s %20s %24d",
                metric,
                t.feasibleFound + " of " + t.feasible,
                t.infeasibleFound + " of " + t.infeasible,
                t.unwatched));
    RecordedPairs.Tally total = outcome.total();
    list("missed", outcome.missed);
    list("infeasible", outcome.infeasible);
    list("alert on a metric listed as the same", outcome.onSame);
    results.figure("recordedFeasible", total.feasible);
    results.figure("recordedFeasibleFound", total.feasibleFound);
    results.target(
        "feasible drifts found in " + outcome.plays + " plays",
        "all " + total.feasible,
        total.feasibleFound,
        total.feasibleFound == total.feasible);
    if (total.unwatched > 0) {
      results.say(
          "%d drifts are of signals that the detector does not watch yet.", total.unwatched);
    }
  }

  private void list(String what, List<String> lines) {
    lines.stream().limit(MOST_LINES).forEach(line -> results.say("  %s: %s", what, line));
    if (lines.size() > MOST_LINES) {
      results.say("  %s: %d more", what, lines.size() - MOST_LINES);
    }
  }
}
