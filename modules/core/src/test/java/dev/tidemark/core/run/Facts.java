package dev.tidemark.core.run;

import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.SeriesTable;
import dev.tidemark.records.Actor;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.EventType;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;

/** Facts for tests: one trace, times in seconds from a fixed start, on time unless said. */
final class Facts {
  static final long START = 1_700_000_000_000L;
  static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  private static SeriesTable table = new SeriesTable(10_000);
  private static long offset;

  private Facts() {}

  /** A run whose facts are made from now on: facts and series belong to one run here. */
  static RunState run() {
    table = new SeriesTable(10_000);
    return new RunState(0x0af7651916cd43ddL, 0x8448eb211c80319cL, 5);
  }

  static AgentSpan span(int id, SpanKind kind, long endMs, Outcome outcome) {
    AgentSpan span =
        AgentSpan.newBuilder()
            .setTraceId(TRACE)
            .setSpanId(String.format("%016x", id + 1))
            .setEndMs(START + endMs)
            .setKind(kind)
            .setOutcome(outcome)
            .setAgentName("support")
            .setAgentVersion("1")
            .build();
    span.setActor(Actor.AGENT);
    return span;
  }

  static AgentSpan tool(int id, String tool, String arguments, long endMs, Outcome outcome) {
    AgentSpan span = span(id, SpanKind.TOOL, endMs, outcome);
    span.setToolName(tool);
    span.setArgumentsHash(arguments);
    return span;
  }

  static AgentSpan model(int id, long endMs, Outcome outcome) {
    AgentSpan span = span(id, SpanKind.LLM, endMs, outcome);
    span.setModelName("m");
    span.setInputTokens(100L);
    span.setOutputTokens(10L);
    span.setCostMicros(7L);
    return span;
  }

  static AgentSpan root(int id, long endMs, Outcome outcome) {
    return span(id, SpanKind.RUN, endMs, outcome);
  }

  static SpanFact fact(AgentSpan span) {
    return fact(span, span.getEndMs() + 100);
  }

  static SpanFact fact(AgentSpan span, long arrivalMs) {
    return SpanFacts.of(span, arrivalMs, offset++, span.hashCode(), false, table);
  }

  static AgentEvent eventRecord(int id, EventType type, String name, long timeMs, Boolean passed) {
    return AgentEvent.newBuilder()
        .setTraceId(TRACE)
        .setEventId("e" + id)
        .setType(type)
        .setName(name)
        .setTimeMs(START + timeMs)
        .setPassed(passed)
        .setAgentName("support")
        .setAgentVersion("1")
        .build();
  }

  static EventFact event(int id, EventType type, String name, long timeMs, Boolean passed) {
    return fact(eventRecord(id, type, name, timeMs, passed));
  }

  static EventFact fact(AgentEvent event) {
    return new EventFact(
        event,
        event.getTimeMs() + 100,
        offset++,
        event.hashCode(),
        false,
        table.scope(new Series.Scope("default", "default", "support", "1")));
  }
}
