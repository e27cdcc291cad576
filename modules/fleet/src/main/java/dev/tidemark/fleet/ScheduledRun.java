package dev.tidemark.fleet;

/**
 * A run that takes part in a play.
 *
 * @param position in the play, ascending with its start
 * @param phase position of its phase
 * @param cycle how often the run was played before in its phase
 * @param version version it is played as
 * @param salt makes its trace id its own
 * @param startOffsetMs its start, milliseconds of simulated time after the start of the play
 */
record ScheduledRun(
    RecordedRun run,
    int position,
    int phase,
    int cycle,
    String version,
    String salt,
    long startOffsetMs) {

  /** Id of the run in the records: that of the recording, numbered when it is played again. */
  String runId() {
    return cycle == 0 ? run.id() : run.id() + "~" + cycle;
  }
}
