package dev.tidemark.core.time;

/**
 * Judges a record by its two times, both in the log: event time (its end) and arrival time (the
 * Kafka record timestamp). All figures are milliseconds; times are since the epoch.
 *
 * @param latenessMs a record is late when arrival - end exceeds this
 * @param skewMs an end this much after its arrival is a clock difference; more is quarantined
 * @param horizonMs a record older than this on arrival is expired: run state is gone by then
 */
public record ArrivalPolicy(long latenessMs, long skewMs, long horizonMs) {
  private static final long YEAR_2010 = 1_262_304_000_000L;

  public ArrivalPolicy {
    if (latenessMs < 0 || skewMs < 0 || horizonMs <= latenessMs) {
      throw new IllegalArgumentException(
          "need 0 <= lateness < horizon and skew >= 0, got lateness "
              + latenessMs
              + " ms, skew "
              + skewMs
              + " ms, horizon "
              + horizonMs
              + " ms");
    }
  }

  /** What the two times say of a record. */
  public enum Verdict {
    ON_TIME,
    LATE,
    EXPIRED,
    FUTURE_TIME,
    PAST_TIME,
    BAD_TIME
  }

  /** The verdict on a record; a function of the record alone. */
  public Verdict judge(long endMs, long arrivalMs) {
    if (endMs <= 0 || arrivalMs < 0) {
      return Verdict.BAD_TIME;
    }
    if (endMs > arrivalMs && endMs - arrivalMs > skewMs) {
      return Verdict.FUTURE_TIME;
    }
    if (endMs < YEAR_2010) {
      return Verdict.PAST_TIME;
    }
    long age = arrivalMs - endMs;
    if (age > horizonMs) {
      return Verdict.EXPIRED;
    }
    return age > latenessMs ? Verdict.LATE : Verdict.ON_TIME;
  }

  /** The event time that counts: inside the skew, never after the arrival. */
  public long clamp(long endMs, long arrivalMs) {
    return Math.min(endMs, arrivalMs);
  }

  /** What a quarantined time looks like, for the dead letter. */
  public static String hint(long endMs, long arrivalMs) {
    if (near(endMs / 1_000_000, arrivalMs)) {
      return "end looks like nanoseconds; send milliseconds since the epoch";
    }
    if (near(endMs / 1_000, arrivalMs)) {
      return "end looks like microseconds; send milliseconds since the epoch";
    }
    if (endMs < Long.MAX_VALUE / 1_000 && near(endMs * 1_000, arrivalMs)) {
      return "end looks like seconds; send milliseconds since the epoch";
    }
    return "end is far from the arrival time; check the producer's clock";
  }

  private static boolean near(long candidateMs, long arrivalMs) {
    return Math.abs(candidateMs - arrivalMs) < 86_400_000L * 366;
  }
}
