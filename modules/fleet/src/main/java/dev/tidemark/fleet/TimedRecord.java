package dev.tidemark.fleet;

import dev.tidemark.capture.SpanPublisher;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import java.util.Comparator;

/**
 * A record and when it arrives, in milliseconds since the epoch. Exactly one of span and event is
 * there.
 *
 * @param run position of its run in the play
 * @param index position in its run
 */
record TimedRecord(long arrivalMs, int run, int index, AgentSpan span, AgentEvent event) {
  static final Comparator<TimedRecord> BY_ARRIVAL =
      Comparator.comparingLong(TimedRecord::arrivalMs)
          .thenComparingInt(TimedRecord::run)
          .thenComparingInt(TimedRecord::index);

  long eventTimeMs() {
    return span == null ? event.getTimeMs() : span.getEndMs();
  }

  void publish(SpanPublisher publisher) {
    if (span == null) {
      publisher.publish(event, arrivalMs);
    } else {
      publisher.publish(span, arrivalMs);
    }
  }
}
