package dev.tidemark.core.run;

import dev.tidemark.core.window.Series;
import dev.tidemark.records.AgentEvent;

/**
 * An event as its run keeps it, ordered by time, then event id.
 *
 * @param event the record, its time clamped to the arrival
 * @param arrivalMs arrival time, milliseconds since the epoch
 * @param offset where it stands in its partition
 * @param hash content hash; of two events with one id the smaller wins
 * @param late whether it was late
 */
public record EventFact(AgentEvent event, long arrivalMs, long offset, long hash, boolean late)
    implements Comparable<EventFact> {

  Series.Scope scope() {
    return SpanFact.scope(
        event.getTenant(), event.getEnvironment(), event.getAgentName(), event.getAgentVersion());
  }

  @Override
  public int compareTo(EventFact other) {
    int byTime = Long.compare(event.getTimeMs(), other.event.getTimeMs());
    return byTime != 0 ? byTime : event.getEventId().compareTo(other.event.getEventId());
  }
}
