package dev.tidemark.core.run;

import dev.tidemark.core.window.SeriesNode;

/**
 * What one run has in one series so far: attempts, and of them retries, errors, denials, repeats.
 * These four are sixteen bits each of one long: a run has no more facts than {@link RunState#CAP}.
 */
final class RunSeries {
  SeriesNode node;

  /** Of the series, here so that the node need not be visited. */
  final int hash;

  int attempts;
  long events;

  /** The same as it was counted before, while a run is linked again. */
  int oldAttempts;

  long oldEvents;

  RunSeries(SeriesNode node) {
    this.node = node;
    this.hash = node.series().hashCode();
  }

  void count(int of) {
    attempts++;
    events += each(of);
  }

  void countOld(int of) {
    oldAttempts++;
    oldEvents += each(of);
  }

  private static long each(int of) {
    return (of & 1) | (of & 2L) << 15 | (of & 4L) << 30 | (of & 8L) << 45;
  }

  /** Starts counting anew, twice: as it was and as it is. */
  void restart() {
    attempts = 0;
    events = 0;
    oldAttempts = 0;
    oldEvents = 0;
  }

  /** Whether both counts agree so far. */
  boolean unchanged() {
    return attempts == oldAttempts && events == oldEvents;
  }
}
