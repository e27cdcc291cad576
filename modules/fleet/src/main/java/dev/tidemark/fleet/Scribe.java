package dev.tidemark.fleet;

import dev.tidemark.fleet.PlayReport.PhaseReport;
import java.util.ArrayList;
import java.util.List;

/** Keeps the figures of one play. */
final class Scribe {
  private final FleetPlan plan;
  private final int[] runs;
  private final long[] records;
  private final long[] first;
  private final long[] last;
  private int allRuns;
  private long allRecords;
  private long heartbeats;

  Scribe(FleetPlan plan) {
    int phases = plan.phases().size();
    this.plan = plan;
    this.runs = new int[phases];
    this.records = new long[phases];
    this.first = new long[phases];
    this.last = new long[phases];
  }

  void started(ScheduledRun run) {
    runs[run.phase()]++;
    allRuns++;
  }

  void published(TimedRecord record, int phase) {
    long time = record.eventTimeMs();
    first[phase] = records[phase] == 0 ? time : Math.min(first[phase], time);
    last[phase] = Math.max(last[phase], time);
    records[phase]++;
    allRecords++;
  }

  void beat() {
    heartbeats++;
  }

  int runs() {
    return allRuns;
  }

  long records() {
    return allRecords;
  }

  PlayReport report(long startMs, long endMs, boolean complete) {
    var phases = new ArrayList<PhaseReport>();
    for (int i = 0; i < runs.length; i++) {
      var phase = plan.phases().get(i);
      phases.add(
          new PhaseReport(phase.name(), phase.version(), runs[i], records[i], first[i], last[i]));
    }
    List<PhaseReport> played = phases.stream().filter(p -> p.records() > 0).toList();
    return new PlayReport(
        plan.seed(),
        allRuns,
        allRecords,
        heartbeats,
        startMs,
        endMs,
        played.stream().mapToLong(PhaseReport::startMs).min().orElse(startMs),
        played.stream().mapToLong(PhaseReport::endMs).max().orElse(startMs),
        complete,
        phases);
  }
}
