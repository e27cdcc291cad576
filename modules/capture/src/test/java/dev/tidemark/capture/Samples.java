package dev.tidemark.capture;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.EventType;
import dev.tidemark.records.SpanKind;

/** Records as agents send them. */
final class Samples {
  private Samples() {}

  static AgentSpan span(int trace, int span) {
    return AgentSpan.newBuilder()
        .setTraceId(String.format("%032x", trace + 1))
        .setSpanId(String.format("%016x", span + 1))
        .setAgentName("booking-agent")
        .setKind(SpanKind.TOOL)
        .setName("search")
        .setToolName("search")
        .setEndMs(1_700_000_000_000L + span)
        .build();
  }

  static AgentEvent event(int trace, int event) {
    return AgentEvent.newBuilder()
        .setTraceId(String.format("%032x", trace + 1))
        .setEventId(String.format("%016x", event + 1))
        .setAgentName("booking-agent")
        .setType(EventType.EVALUATION)
        .setName("task_success")
        .setPassed(true)
        .setTimeMs(1_700_000_000_000L + event)
        .build();
  }
}
