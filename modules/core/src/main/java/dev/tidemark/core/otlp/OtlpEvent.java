package dev.tidemark.core.otlp;

import java.util.Map;

/**
 * Something that happened inside a span, as OTLP carries it.
 *
 * @param timeNanos nanoseconds since the epoch; 0 when unknown
 * @param attributes values as in {@link OtlpSpan}
 */
public record OtlpEvent(String name, long timeNanos, Map<String, Object> attributes) {}
