package dev.tidemark.fleet;

/** Hears how a play goes, on the thread that plays. */
@FunctionalInterface
public interface PlayListener {
  /** Hears nothing. */
  PlayListener SILENT = progress -> {};

  /**
   * Told about every five or fifteen simulated seconds.
   *
   * @throws RuntimeException ends the play
   */
  void progress(Progress progress);

  /**
   * Where a play is.
   *
   * @param runsStarted runs of which the first record may have been published
   * @param runs runs of the plan
   * @param records spans and events published
   * @param simulatedMs simulated time, milliseconds since the epoch
   * @param endMs simulated end of the play
   * @param recordsPerSecond records per second of real time since the start
   */
  record Progress(
      int runsStarted,
      int runs,
      long records,
      long simulatedMs,
      long endMs,
      double recordsPerSecond) {}
}
