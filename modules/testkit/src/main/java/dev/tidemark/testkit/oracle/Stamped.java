package dev.tidemark.testkit.oracle;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** A record as it arrives, before it has a place in a topic. */
record Stamped(SpecificRecord record, long arrivalMs) {
  /** Arrivals of one partition in their order, numbered per topic, without heartbeats. */
  static List<LogEntry> entries(List<Stamped> arrivals) {
    List<LogEntry> entries = new ArrayList<>();
    long spans = 0;
    long events = 0;
    for (Stamped one : arrivals) {
      entries.add(
          one.record() instanceof AgentSpan span
              ? LogEntry.of(span, 0, spans++, one.arrivalMs())
              : LogEntry.of((AgentEvent) one.record(), 0, events++, one.arrivalMs()));
    }
    return entries;
  }
}
