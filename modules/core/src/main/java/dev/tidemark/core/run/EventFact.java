package dev.tidemark.core.run;

import dev.tidemark.core.window.SeriesNode;
import dev.tidemark.core.window.SeriesTable.AgentScope;
import dev.tidemark.records.AgentEvent;

/**
 * An event as its run keeps it, ordered by time, then event id.
 *
 * @param event the record, its time clamped to the arrival
 * @param arrivalMs arrival time, never before an earlier one of the partition
 * @param offset where it stands in its partition
 * @param hash content hash; of two events with one id the smaller wins
 * @param late whether it was late
 * @param scope who acted
 */
public record EventFact(
    AgentEvent event, long arrivalMs, long offset, long hash, boolean late, AgentScope scope)
    implements Comparable<EventFact> {

  /** What it is about: the tool, from which the agent takes over, or the agent itself. */
  SeriesNode subject() {
    return event.getToolName() == null
        ? scope.agent()
        : scope.node(scope.scope().tool(event.getToolName(), event.getToolVersion()));
  }

  /** The series of its policy rule, or null. */
  SeriesNode policy() {
    return event.getPolicyRule() == null
        ? null
        : scope.node(scope.scope().policy(event.getPolicyRule()));
  }

  @Override
  public int compareTo(EventFact other) {
    int byTime = Long.compare(event.getTimeMs(), other.event.getTimeMs());
    return byTime != 0 ? byTime : event.getEventId().compareTo(other.event.getEventId());
  }
}
