package dev.tidemark.streams.evidence;

import java.time.Duration;

/**
 * Everything evidence can be told. Immutable.
 *
 * @param share part of all runs that is kept whatever they are, in [0, 1]
 * @param tailRuns runs of a series, of today and the day before, from which on one can be slow or
 *     costly
 * @param horizon how long a run is known after its last summary, for alerts that show it later; no
 *     longer than {@code agent-spans} keeps its spans
 * @param copies runs of which a copy is being made at once, per task
 * @param retry first pause after a copy failed; doubles up to {@code longestRetry}
 * @param longestRetry longest pause
 */
public record EvidenceConfig(
    double share,
    long tailRuns,
    Duration horizon,
    int copies,
    Duration retry,
    Duration longestRetry) {
  /** One run in a hundred, and a week to remember. */
  public static final EvidenceConfig DEFAULT =
      new EvidenceConfig(
          0.01, 100, Duration.ofDays(7), 16, Duration.ofSeconds(1), Duration.ofMinutes(1));

  /** The same with another share. */
  public EvidenceConfig withShare(double other) {
    return new EvidenceConfig(other, tailRuns, horizon, copies, retry, longestRetry);
  }
}
