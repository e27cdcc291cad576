package dev.tidemark.testkit.oracle;

import dev.tidemark.records.AgentEvent;

/** An accepted event. */
record EventFact(AgentEvent event, AgentEvent sent, long endMs, long arrivalMs, boolean late)
    implements Fact {
  @Override
  public String traceId() {
    return event.getTraceId();
  }

  @Override
  public String id() {
    return event.getEventId();
  }
}
