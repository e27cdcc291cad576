package dev.tidemark.capture;

import dev.tidemark.records.AgentContent;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;

/** What waits in the queue. */
sealed interface Parcel {
  /** Timestamp of the Kafka record, milliseconds since the epoch; negative: stamped on the way. */
  long arrivalMs();

  /** A span on its way. */
  record OfSpan(AgentSpan span, long arrivalMs) implements Parcel {}

  /** An event on its way. */
  record OfEvent(AgentEvent event, long arrivalMs) implements Parcel {}

  /** Words on their way. */
  record OfContent(AgentContent content, long arrivalMs) implements Parcel {}

  /** A heartbeat for every partition. */
  record OfHeartbeat(long arrivalMs) implements Parcel {}
}
