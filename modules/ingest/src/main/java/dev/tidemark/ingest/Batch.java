package dev.tidemark.ingest;

import dev.tidemark.ingest.dialect.Normalizer;
import dev.tidemark.ingest.otlp.OtlpLog;
import dev.tidemark.ingest.otlp.OtlpSpan;
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

  /** The records of spans. */
  public static Batch ofSpans(List<OtlpSpan> received, String tenant) {
    List<AgentSpan> spans = new ArrayList<>(received.size());
    int rejected = 0;
    String reason = null;
    for (OtlpSpan span : received) {
      String refusal = refusal(span);
      if (refusal == null) {
        AgentSpan record = Normalizer.normalize(span);
        record.setTenant(tenant);
        spans.add(record);
      } else {
        rejected++;
        reason = reason == null ? refusal : reason;
      }
    }
    return new Batch(spans, List.of(), rejected, reason);
  }

  /** The records of log records; ordinary log lines say nothing about agents and are let go. */
  public static Batch ofLogs(List<OtlpLog> received, String tenant) {
    return new Batch(List.of(), List.of(), 0, null);
  }

  private static String refusal(OtlpSpan span) {
    if (!isId(span.traceId(), 32)) {
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
