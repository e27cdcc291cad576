package dev.tidemark.streams.observe;

import dev.tidemark.streams.observe.ObserveConfig.ArrivalClock;

/**
 * The watermark of one source partition, which is a pair of topics: the smaller of what both have
 * reached, less the lateness. Arrivals move it; only when a topic has been read to its end may it
 * move without a record. Milliseconds since the epoch.
 */
final class SourceClock {
  /** Nothing is known yet. */
  static final long UNKNOWN = Long.MIN_VALUE;

  private static final long QUIET_MS = 500;

  private final long latenessMs;
  private final long toleranceMs;
  private final ArrivalClock clock;
  private final long[] reached = {UNKNOWN, UNKNOWN};
  private final long[] askedSeen = {UNKNOWN, UNKNOWN};
  private final long[] askedWallMs = {UNKNOWN, UNKNOWN};
  private long watermark = UNKNOWN;
  private long lastArrivalMs = UNKNOWN;
  private final long[] lastRecordWallMs = {UNKNOWN, UNKNOWN};

  SourceClock(ObserveConfig config) {
    this.latenessMs = config.lateness().toMillis();
    this.toleranceMs = config.clockTolerance().toMillis();
    this.clock = config.clock();
  }

  /** A watermark that was sent before is never taken back. */
  void resumeAt(long sentWatermark) {
    watermark = Math.max(watermark, sentWatermark);
  }

  /** A record of topic 0 (spans) or 1 (events) arrived. */
  void arrived(int topic, long arrivalMs, long wallMs) {
    reached[topic] = Math.max(reached[topic], arrivalMs);
    lastArrivalMs = Math.max(lastArrivalMs, arrivalMs);
    lastRecordWallMs[topic] = wallMs;
  }

  /** Whether it is worth asking if {@code topic} has been read to its end: it has been quiet. */
  boolean quiet(int topic, long wallMs) {
    return lastRecordWallMs[topic] == UNKNOWN || wallMs - lastRecordWallMs[topic] >= QUIET_MS;
  }

  /** It is asked at {@code wallMs} whether {@code topic} has been read to its end. */
  void asked(int topic, long wallMs) {
    askedSeen[topic] = Math.max(reached[0], reached[1]);
    askedWallMs[topic] = wallMs;
  }

  /**
   * Topics move on without a record: those that had been read to their end when that was asked, and
   * those whose next record is known, up to its arrival.
   *
   * @param spansAhead arrival of the next span, {@link Replay#END} or {@link Replay#UNANSWERED}
   * @param eventsAhead the same for events
   */
  void idle(long spansAhead, long eventsAhead) {
    boolean spansAtEnd = spansAhead == Replay.END;
    boolean eventsAtEnd = eventsAhead == Replay.END;
    long both = UNKNOWN;
    long asked = Math.min(askedWallMs[0], askedWallMs[1]);
    if (spansAtEnd && eventsAtEnd && asked != UNKNOWN) {
      both = now(asked);
    }
    if (spansAtEnd) {
      reached[0] = Math.max(reached[0], Math.max(askedSeen[0], both));
    }
    if (eventsAtEnd) {
      reached[1] = Math.max(reached[1], Math.max(askedSeen[1], both));
    }
    reached[0] = Math.max(reached[0], spansAtEnd ? UNKNOWN : spansAhead);
    reached[1] = Math.max(reached[1], eventsAtEnd ? UNKNOWN : eventsAhead);
  }

  /** The watermark now; it never goes back. */
  long watermark() {
    long both = Math.min(reached[0], reached[1]);
    if (both != UNKNOWN) {
      watermark = Math.max(watermark, both - latenessMs);
    }
    return watermark;
  }

  /** What both topics have reached, milliseconds since the epoch. */
  long arrivedMs() {
    return Math.min(reached[0], reached[1]);
  }

  private long now(long wallMs) {
    if (clock == ArrivalClock.BROKER) {
      return wallMs - toleranceMs;
    }
    return lastArrivalMs == UNKNOWN
        ? UNKNOWN
        : lastArrivalMs
            + (wallMs - Math.max(lastRecordWallMs[0], lastRecordWallMs[1]))
            - toleranceMs;
  }
}
