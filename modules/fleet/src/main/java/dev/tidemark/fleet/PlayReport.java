package dev.tidemark.fleet;

import java.util.List;

/**
 * What was played. All times are simulated, in milliseconds since the epoch.
 *
 * @param seed seed of the plan
 * @param runs runs played
 * @param records spans and events published
 * @param heartbeats heartbeats published
 * @param startMs start of the play
 * @param endMs arrival of the last heartbeat: windows that end before this less the lateness close
 * @param firstEventMs earliest event time of a record
 * @param lastEventMs latest event time of a record
 * @param complete false when the playing thread was interrupted
 * @param phases one report per phase
 */
public record PlayReport(
    long seed,
    int runs,
    long records,
    long heartbeats,
    long startMs,
    long endMs,
    long firstEventMs,
    long lastEventMs,
    boolean complete,
    List<PhaseReport> phases) {

  /**
   * One phase.
   *
   * @param startMs first event time of a record of the phase
   * @param endMs last event time of a record of the phase; phases overlap where runs do
   */
  public record PhaseReport(
      String name, String version, int runs, long records, long startMs, long endMs) {}

  public PlayReport {
    phases = List.copyOf(phases);
  }

  /** Start of the first window of {@code sizeMs} that has a record. */
  public long firstWindowMs(long sizeMs) {
    return Math.floorDiv(firstEventMs, sizeMs) * sizeMs;
  }

  /** End of the last window of {@code sizeMs} that has a record. */
  public long lastWindowEndMs(long sizeMs) {
    return (Math.floorDiv(lastEventMs, sizeMs) + 1) * sizeMs;
  }
}
