package dev.tidemark.streams.observe;

import dev.tidemark.core.run.EventFact;
import dev.tidemark.core.run.SpanFact;
import java.util.Comparator;

/**
 * A record of a trace that comes back after its horizon. Whether it begins a new run depends on
 * what the old one is by then, so it waits until both topics have been read that far.
 *
 * @param arrivalMs of the record, milliseconds since the epoch
 * @param topic 0 for spans, 1 for events
 * @param span null for an event
 * @param event null for a span
 */
record Parked(
    long arrivalMs,
    int topic,
    long offset,
    long traceHigh,
    long traceLow,
    SpanFact span,
    EventFact event)
    implements Comparable<Parked> {

  private static final Comparator<Parked> ORDER =
      Comparator.comparingLong(Parked::arrivalMs)
          .thenComparingInt(Parked::topic)
          .thenComparingLong(Parked::offset);

  /** Number of a record among those of both topics. */
  static long number(int topic, long offset) {
    return offset * 2 + topic;
  }

  @Override
  public int compareTo(Parked other) {
    return ORDER.compare(this, other);
  }
}
