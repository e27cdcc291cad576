package dev.tidemark.core.run;

import dev.tidemark.core.window.SeriesNode;
import java.util.Arrays;

/**
 * What one run has in one series so far: attempts, and of them retries, errors, denials, repeats.
 */
final class RunSeries {
  private static final int EVENTS = 4;

  SeriesNode node;
  int attempts;
  int[] events = new int[EVENTS];

  /** The same as it was counted before, while a run is linked again. */
  int oldAttempts;

  int[] oldEvents;

  RunSeries(SeriesNode node) {
    this.node = node;
  }

  void count(int of) {
    attempts++;
    count(events, of);
  }

  void countOld(int of) {
    oldAttempts++;
    count(oldEvents, of);
  }

  private static void count(int[] events, int of) {
    for (int i = 0; i < EVENTS; i++) {
      events[i] += (of >> i) & 1;
    }
  }

  /** Done with the second count. */
  void settled() {
    oldEvents = null;
  }

  /** Starts counting anew, twice: as it was and as it is. */
  void restart() {
    attempts = 0;
    events = new int[EVENTS];
    oldAttempts = 0;
    oldEvents = new int[EVENTS];
  }

  /** Whether both counts agree so far. */
  boolean unchanged() {
    return attempts == oldAttempts && Arrays.equals(events, oldEvents);
  }
}
