package dev.tidemark.ingest;

import dev.tidemark.core.dialect.Normalized;
import dev.tidemark.core.dialect.Normalizer;
import dev.tidemark.core.otlp.OtlpLog;
import dev.tidemark.core.otlp.OtlpSpan;
import dev.tidemark.core.redact.RedactionReport;
import dev.tidemark.records.AgentContent;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * What one request says, as redacted records of one tenant.
 *
 * @param contents what was said, where somebody asked to keep it
 * @param redacted how much was redacted in the records, by rule
 * @param rejected how many of the request's spans or log records cannot be used
 * @param reason why the first of those cannot; null when all can
 */
public record Batch(
    List<AgentSpan> spans,
    List<AgentEvent> events,
    List<AgentContent> contents,
    RedactionReport redacted,
    int rejected,
    String reason) {
  private static final int TRACE_DIGITS = 32;
  private static final String NO_TRACE = "traceId is not 32 hex digits other than zeros";

  /** The records of spans. */
  public static Batch ofSpans(List<OtlpSpan> received, String tenant) {
    return ofSpans(received, tenant, Normalizer.standard());
  }

  /** The records of spans as a deployment reads them. */
  public static Batch ofSpans(List<OtlpSpan> received, String tenant, Normalizer normalizer) {
    Normalizer own = normalizer.forTenant(tenant);
    Filling batch = new Filling(received.size());
    int rejected = 0;
    String reason = null;
    for (OtlpSpan span : received) {
      String refusal = refusal(span);
      if (refusal == null) {
        batch.add(own.normalize(span));
      } else {
        rejected++;
        reason = reason == null ? refusal : reason;
      }
    }
    return batch.of(tenant, rejected, reason);
  }

  /** The records of log records; ordinary log lines say nothing about agents and are let go. */
  public static Batch ofLogs(List<OtlpLog> received, String tenant) {
    return ofLogs(received, tenant, Normalizer.standard());
  }

  /** The records of log records as a deployment reads them. */
  public static Batch ofLogs(List<OtlpLog> received, String tenant, Normalizer normalizer) {
    Normalizer own = normalizer.forTenant(tenant);
    Filling batch = new Filling(0);
    int rejected = 0;
    String reason = null;
    for (OtlpLog log : received) {
      if (!own.reads(log)) {
        continue;
      }
      String refusal = refusal(log);
      if (refusal == null) {
        batch.add(own.normalize(log));
      } else {
        rejected++;
        reason = reason == null ? refusal : reason;
      }
    }
    return batch.of(tenant, rejected, reason);
  }

  /** How many records it holds. */
  public int size() {
    return spans.size() + events.size() + contents.size();
  }

  /** A batch that is being filled. */
  private static final class Filling {
    private final List<AgentSpan> spans;
    private final List<AgentEvent> events = new ArrayList<>();
    private final List<AgentContent> contents = new ArrayList<>();
    private RedactionReport redacted = RedactionReport.NONE;

    Filling(int size) {
      spans = new ArrayList<>(size);
    }

    void add(Normalized meaning) {
      spans.addAll(meaning.spans());
      events.addAll(meaning.events());
      contents.addAll(meaning.contents());
      redacted = redacted.plus(meaning.redacted());
    }

    /** The name of the tenant is that of a credential and not redacted. */
    Batch of(String tenant, int rejected, String reason) {
      spans.forEach(span -> span.setTenant(tenant));
      events.forEach(event -> event.setTenant(tenant));
      contents.forEach(content -> content.setTenant(tenant));
      return new Batch(spans, events, contents, redacted, rejected, reason);
    }
  }

  static String refusal(OtlpSpan span) {
    if (!isId(span.traceId(), TRACE_DIGITS)) {
      return NO_TRACE;
    }
    if (!isId(span.spanId(), 16)) {
      return "spanId is not 16 hex digits other than zeros";
    }
    return span.endNanos() <= 0 ? "endTimeUnixNano is missing" : null;
  }

  static String refusal(OtlpLog log) {
    if (!isId(log.traceId(), TRACE_DIGITS)) {
      return NO_TRACE;
    }
    return log.timeNanos() <= 0 ? "timeUnixNano is missing" : null;
  }

  private static boolean isId(String id, int digits) {
    boolean zeros = true;
    for (int i = 0; i < id.length(); i++) {
      zeros &= id.charAt(i) == '0';
    }
    return id.length() == digits && !zeros;
  }
}
