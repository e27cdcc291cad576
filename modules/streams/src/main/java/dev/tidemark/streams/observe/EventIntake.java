package dev.tidemark.streams.observe;

import dev.tidemark.core.hash.Hash64;
import dev.tidemark.core.run.EventFact;
import dev.tidemark.core.time.ArrivalPolicy.Verdict;
import dev.tidemark.core.window.SeriesTable;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.EventType;
import dev.tidemark.streams.topology.Counts;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.RecordFormatException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/** Decodes and checks events; there are few of them, so they stay whole records. */
final class EventIntake {
  private static final int TRACE_DIGITS = 32;
  private final Deserializer<AgentEvent> events;
  private final Arrivals arrivals;
  private final SeriesTable table;
  private final Counts counts;
  private long traceHigh;
  private long traceLow;

  EventIntake(AvroSerdes serdes, Arrivals arrivals, SeriesTable table, Counts counts) {
    this.events = serdes.value(AgentEvent.class).deserializer();
    this.arrivals = arrivals;
    this.table = table;
    this.counts = counts;
  }

  /**
   * The event in {@code value}, or null when it changes nothing because it is expired. What tells
   * what a producer lost is counted besides, and is in a trace of its own.
   */
  EventFact event(
      String topic, Headers headers, byte[] value, long arrivalMs, long causeMs, long offset)
      throws Refused {
    AgentEvent event;
    try {
      event = events.deserialize(topic, headers, value);
    } catch (RecordFormatException e) {
      throw new Refused(e.reason().name(), e.getMessage());
    }
    if (event.getType() == EventType.CAPTURE_LOSS) {
      counts.record("capture-lost", Math.max(1, event.getCount()));
      counts.record(
          "capture-lost-by-agent",
          Naming.name(event.getAgentName()),
          Math.max(1, event.getCount()));
    }
    trace(event.getTraceId());
    if (event.getEventId().isEmpty()) {
      throw new Refused("BAD_ID", "event id is empty");
    }
    Verdict verdict = arrivals.judge(event.getTimeMs(), arrivalMs);
    if (verdict == Verdict.EXPIRED) {
      return null;
    }
    event.setTimeMs(Math.min(event.getTimeMs(), arrivalMs));
    if (event.getToolName() != null) {
      event.setToolName(Naming.name(event.getToolName()));
      event.setToolVersion(Naming.version(event.getToolVersion()));
    }
    if (event.getPolicyRule() != null) {
      event.setPolicyRule(Naming.name(event.getPolicyRule()));
    }
    long hash = Hash64.of(value, Math.min(5, value.length), value.length);
    return new EventFact(
        event, causeMs, offset, hash, verdict == Verdict.LATE, table.scope(Naming.scope(event)));
  }

  long traceHigh() {
    return traceHigh;
  }

  long traceLow() {
    return traceLow;
  }

  private void trace(String id) throws Refused {
    try {
      String lower = id.toLowerCase(Locale.ROOT);
      if (lower.length() != TRACE_DIGITS) {
        throw Hex.bad("trace id", TRACE_DIGITS);
      }
      traceHigh = HexFormat.fromHexDigitsToLong(lower, 0, 16);
      traceLow = HexFormat.fromHexDigitsToLong(lower, 16, TRACE_DIGITS);
    } catch (IllegalArgumentException e) {
      throw Hex.bad("trace id", TRACE_DIGITS);
    }
    if ((traceHigh | traceLow) == 0) {
      throw Hex.bad("trace id", TRACE_DIGITS);
    }
  }
}
