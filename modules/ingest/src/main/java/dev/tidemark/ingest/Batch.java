package dev.tidemark.ingest;

import dev.tidemark.core.dialect.Normalized;
import dev.tidemark.core.dialect.Normalizer;
import dev.tidemark.core.otlp.OtlpLog;
import dev.tidemark.core.otlp.OtlpSpan;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * What one request says, as redacted records of one tenant.
 *
 * @param rejected how many of the request's spans or log records cannot be used
 * @param reason why the first of those cannot; null when all can
 */
public record Batch(List<AgentSpan> spans, List<AgentEvent> events, int rejected, String reason) {
  private static final int TRACE_DIGITS = 32;

  /** The records of spans. */
  public static Batch ofSpans(List<OtlpSpan> received, String tenant) {
    return ofSpans(received, tenant, Normalizer.standard());
  }

  /** The records of spans as a deployment reads them. */
  public static Batch ofSpans(List<OtlpSpan> received, String tenant, Normalizer normalizer) {
    List<AgentSpan> spans = new ArrayList<>(received.size());
    List<AgentEvent> events = new ArrayList<>();
    int rejected = 0;
    String reason = null;
    for (OtlpSpan span : received) {
      String refusal = refusal(span);
      if (refusal == null) {
        Normalized meaning = normalizer.normalize(span);
        spans.addAll(meaning.spans());
        events.addAll(meaning.events());
      } else {
        rejected++;
        reason = reason == null ? refusal : reason;
      }
    }
    spans.forEach(span -> span.setTenant(tenant));
    events.forEach(event -> event.setTenant(tenant));
    return new Batch(spans, events, rejected, reason);
  }

  /** The records of log records; ordinary log lines say nothing about agents and are let go. */
  public static Batch ofLogs(List<OtlpLog> received, String tenant) {
    return ofLogs(received, tenant, Normalizer.standard());
  }

  /** The records of log records as a deployment reads them. */
  public static Batch ofLogs(List<OtlpLog> received, String tenant, Normalizer normalizer) {
    List<AgentEvent> events = new ArrayList<>();
    for (OtlpLog log : received) {
      if (log.traceId().isEmpty() || isId(log.traceId(), TRACE_DIGITS)) {
        events.addAll(normalizer.normalize(log).events());
      }
    }
    events.forEach(event -> event.setTenant(tenant));
    return new Batch(List.of(), events, 0, null);
  }

  static String refusal(OtlpSpan span) {
    if (!isId(span.traceId(), TRACE_DIGITS)) {
      return "traceId is not 32 hex digits other than zeros";
    }
    if (!isId(span.spanId(), 16)) {
      return "spanId is not 16 hex digits other than zeros";
    }
    return span.endNanos() <= 0 ? "endTimeUnixNano is missing" : null;
  }

  private static boolean isId(String id, int digits) {
    boolean zeros = true;
    for (int i = 0; i < id.length(); i++) {
      zeros &= id.charAt(i) == '0';
    }
    return id.length() == digits && !zeros;
  }
}
