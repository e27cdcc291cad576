package dev.tidemark.ingest.dialect;

import dev.tidemark.core.redact.Redactor;
import dev.tidemark.ingest.otlp.OtlpSpan;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import java.util.List;

/**
 * Turns an OTLP span into the record of what an agent did, redacted. A span that speaks no known
 * dialect becomes a STEP: it keeps the tree and costs nothing. Thread-safe.
 */
public final class Normalizer {
  private static final List<Dialect> DIALECTS = List.of(new VercelAi(), new GenAi());
  private static final Redactor REDACTOR = Redactor.standard();

  private Normalizer() {}

  /** The record of {@code span}. */
  public static AgentSpan normalize(OtlpSpan span) {
    AgentSpan record =
        AgentSpan.newBuilder()
            .setTraceId(span.traceId())
            .setSpanId(span.spanId())
            .setParentSpanId(span.parentSpanId())
            .setName(span.name())
            .setSchemaUrl(span.schemaUrl())
            .setEndMs(span.endNanos() / 1_000_000)
            .setKind(SpanKind.STEP)
            .setOutcome(span.failed() ? Outcome.ERROR : Outcome.OK)
            .build();
    if (span.startNanos() > 0 && span.startNanos() <= span.endNanos()) {
      record.setStartMs(span.startNanos() / 1_000_000);
      record.setDurationUs((span.endNanos() - span.startNanos()) / 1_000);
    }
    String environment = span.resourceText("deployment.environment.name");
    if (environment != null) {
      record.setEnvironment(environment);
    }
    String service = span.resourceText("service.name");
    if (service != null) {
      record.setAgentName(service);
    }
    record.setAgentVersion(span.resourceText("service.version"));
    if (span.failed()) {
      String type = span.text("error.type");
      record.setErrorType(type == null ? span.exceptionType() : type);
    }
    record.setDialect("otel");
    for (Dialect dialect : DIALECTS) {
      if (dialect.speaks(span)) {
        record.setDialect(dialect.name());
        dialect.translate(span, record);
        break;
      }
    }
    return REDACTOR.span(record).record();
  }
}
