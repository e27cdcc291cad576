package dev.tidemark.core.otlp;

import java.util.Map;

/**
 * A pointer from a span to another one, possibly of another trace.
 *
 * @param traceId lower-case hex, not checked for length
 * @param spanId lower-case hex, not checked for length
 * @param attributes values as in {@link OtlpSpan}
 */
public record OtlpLink(String traceId, String spanId, Map<String, Object> attributes) {}
