package dev.tidemark.core.otlp;

import java.util.Map;

/**
 * A log record as OTLP carries it; events of the GenAI conventions are log records with a name.
 *
 * @param resource attributes of the resource
 * @param scope name of the instrumentation scope; null when not told
 * @param schemaUrl schema of the scope, else of the resource; null when neither names one
 * @param traceId lower-case hex; empty when the record belongs to no trace
 * @param spanId lower-case hex; empty when the record belongs to no span
 * @param timeNanos when it happened, else when it was observed, in nanoseconds since the epoch; 0
 *     when unknown
 * @param eventName name of the event; null for an ordinary log line
 * @param body a value as in {@link OtlpSpan}; null when there is none
 * @param attributes values as in {@link OtlpSpan}
 */
public record OtlpLog(
    Map<String, Object> resource,
    String scope,
    String schemaUrl,
    String traceId,
    String spanId,
    long timeNanos,
    String eventName,
    Object body,
    Map<String, Object> attributes) {}
