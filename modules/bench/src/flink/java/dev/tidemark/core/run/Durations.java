package dev.tidemark.core.run;

/** What a peer must know of a span that only its run knows. */
public final class Durations {
  private Durations() {}

  /** Duration in microseconds; negative when unknown. */
  public static long of(SpanFact fact) {
    return fact.durationUs;
  }
}
