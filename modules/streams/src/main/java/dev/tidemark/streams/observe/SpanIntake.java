package dev.tidemark.streams.observe;

import dev.tidemark.core.run.EventFact;
import dev.tidemark.core.run.SpanFact;
import dev.tidemark.core.time.ArrivalPolicy;
import dev.tidemark.core.time.ArrivalPolicy.Verdict;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.streams.topology.Counts;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.RecordFormatException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/** Decodes and checks what comes from outside; what cannot be used is refused with a reason. */
final class SpanIntake {
  /** Why a record cannot be used. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final String reason;

    Refused(String reason, String hint) {
      super(hint, null, false, false);
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }

  private static final Pattern TRACE = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern SPAN = Pattern.compile("[0-9a-f]{16}");
  private static final Pattern ZEROS = Pattern.compile("0+");
  private static final long LONGEST_US = 366L * 86_400 * 1_000_000;

  private final Deserializer<AgentSpan> spans;
  private final Deserializer<AgentEvent> events;
  private final ArrivalPolicy arrivals;
  private final Counts counts;

  SpanIntake(AvroSerdes serdes, ArrivalPolicy arrivals, Counts counts) {
    this.spans = serdes.value(AgentSpan.class).deserializer();
    this.events = serdes.value(AgentEvent.class).deserializer();
    this.arrivals = arrivals;
    this.counts = counts;
  }

  /** The span in {@code value}, or null when it is expired and changes nothing. */
  SpanFact span(String topic, Headers headers, byte[] value, long arrivalMs, long offset)
      throws Refused {
    AgentSpan span = decode(spans, topic, headers, value);
    span.setTraceId(id(TRACE, span.getTraceId(), "trace id", 32));
    span.setSpanId(id(SPAN, span.getSpanId(), "span id", 16));
    if (span.getParentSpanId() != null) {
      String parent = span.getParentSpanId().toLowerCase(Locale.ROOT);
      boolean none = parent.isEmpty() || ZEROS.matcher(parent).matches();
      span.setParentSpanId(none || parent.equals(span.getSpanId()) ? null : parent);
    }
    Verdict verdict = judge(span.getEndMs(), arrivalMs);
    if (verdict == Verdict.EXPIRED) {
      return null;
    }
    span.setEndMs(arrivals.clamp(span.getEndMs(), arrivalMs));
    numbers(span);
    return new SpanFact(span, arrivalMs, offset, ContentHash.of(value), verdict == Verdict.LATE);
  }

  /** The event in {@code value}, or null when it is expired and changes nothing. */
  EventFact event(String topic, Headers headers, byte[] value, long arrivalMs, long offset)
      throws Refused {
    AgentEvent event = decode(events, topic, headers, value);
    event.setTraceId(id(TRACE, event.getTraceId(), "trace id", 32));
    if (event.getEventId().isEmpty()) {
      throw new Refused("BAD_ID", "event id is empty");
    }
    Verdict verdict = judge(event.getTimeMs(), arrivalMs);
    if (verdict == Verdict.EXPIRED) {
      return null;
    }
    event.setTimeMs(arrivals.clamp(event.getTimeMs(), arrivalMs));
    return new EventFact(event, arrivalMs, offset, ContentHash.of(value), verdict == Verdict.LATE);
  }

  private static <T> T decode(
      Deserializer<T> deserializer, String topic, Headers headers, byte[] value) throws Refused {
    try {
      return deserializer.deserialize(topic, headers, value);
    } catch (RecordFormatException e) {
      throw new Refused(e.reason().name(), e.getMessage());
    }
  }

  private Verdict judge(long endMs, long arrivalMs) throws Refused {
    Verdict verdict = arrivals.judge(endMs, arrivalMs);
    switch (verdict) {
      case BAD_TIME, FUTURE_TIME, PAST_TIME ->
          throw new Refused(verdict.name(), ArrivalPolicy.hint(endMs, arrivalMs));
      case EXPIRED -> counts.record("expired");
      case LATE -> counts.record("late");
      case ON_TIME -> {}
    }
    return verdict;
  }

  private static String id(Pattern form, String given, String what, int digits) throws Refused {
    String id = given.toLowerCase(Locale.ROOT);
    if (!form.matcher(id).matches() || ZEROS.matcher(id).matches()) {
      throw new Refused("BAD_ID", what + " is not " + digits + " hex digits other than zeros");
    }
    return id;
  }

  private void numbers(AgentSpan span) {
    Long duration = span.getDurationUs();
    if (duration != null && (duration < 0 || duration > LONGEST_US)) {
      counts.record(duration < 0 ? "negative-duration" : "duration-range");
      span.setDurationUs(null);
    }
    if (span.getStartMs() != null && span.getStartMs() > span.getEndMs()) {
      counts.record("negative-duration");
      span.setStartMs(null);
    }
    span.setInputTokens(amount(span.getInputTokens()));
    span.setOutputTokens(amount(span.getOutputTokens()));
    span.setCacheReadTokens(amount(span.getCacheReadTokens()));
    span.setCacheWriteTokens(amount(span.getCacheWriteTokens()));
    span.setReasoningTokens(amount(span.getReasoningTokens()));
    span.setCostMicros(amount(span.getCostMicros()));
  }

  private Long amount(Long value) {
    if (value != null && (value < 0 || value > Long.MAX_VALUE / 1_000_000)) {
      counts.record(value < 0 ? "negative-amount" : "amount-range");
      return null;
    }
    return value;
  }
}
