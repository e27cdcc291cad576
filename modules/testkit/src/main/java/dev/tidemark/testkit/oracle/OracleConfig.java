package dev.tidemark.testkit.oracle;

/**
 * What the windows depend on beside the log. All but the last are milliseconds.
 *
 * @param windowMs length of a window
 * @param latenessMs a record is late when arrival - end exceeds this
 * @param skewMs an end this much after its arrival is clamped to it, more is refused
 * @param horizonMs a record older than this on arrival changes nothing; a run that was silent for
 *     longer is over, and the same trace id begins another one
 * @param humanHorizonMs the same for the silence of a run that waits for a human
 * @param inactivityMs a run without a root is closed after this silence
 * @param loopLimit identical calls from which a run counts as looping
 */
public record OracleConfig(
    long windowMs,
    long latenessMs,
    long skewMs,
    long horizonMs,
    long humanHorizonMs,
    long inactivityMs,
    int loopLimit) {

  long startOf(long timeMs) {
    return Math.floorDiv(timeMs, windowMs) * windowMs;
  }

  /** The first bound between windows after {@code timeMs}. */
  long boundAfter(long timeMs) {
    return startOf(timeMs) + windowMs;
  }

  /** Arrivals from this on correct the window that starts at {@code startMs}. */
  long correctedFrom(long startMs) {
    return startMs + windowMs + latenessMs;
  }
}
