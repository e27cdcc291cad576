package dev.tidemark.ingest.otlp;

import java.util.Map;

/**
 * A span as OTLP carries it, before anybody says what it means. Attribute values are String, Long,
 * Double or Boolean; arrays and maps are left out, nothing here needs them.
 *
 * @param resource attributes of the resource
 * @param schemaUrl schema of the scope, else of the resource; null when neither names one
 * @param parentSpanId null for a root
 * @param startNanos nanoseconds since the epoch; 0 when unknown
 * @param endNanos nanoseconds since the epoch
 * @param failed whether the status is ERROR
 * @param exceptionType type of the first exception event; null when there is none
 */
public record OtlpSpan(
    Map<String, Object> resource,
    String schemaUrl,
    String traceId,
    String spanId,
    String parentSpanId,
    String name,
    long startNanos,
    long endNanos,
    boolean failed,
    String exceptionType,
    Map<String, Object> attributes) {

  /** The first of {@code keys} that is set, as text; null when none is. */
  public String text(String... keys) {
    for (String key : keys) {
      Object value = attributes.get(key);
      if (value != null && !value.toString().isEmpty()) {
        return value.toString();
      }
    }
    return null;
  }

  /** The first of {@code keys} that holds a whole number, sent as number or text; else null. */
  public Long number(String... keys) {
    for (String key : keys) {
      Object value = attributes.get(key);
      if (value instanceof Long whole) {
        return whole;
      }
      if (value instanceof Double real && real == Math.rint(real)) {
        return real.longValue();
      }
      if (value instanceof String text && text.matches("-?\\d{1,18}")) {
        return Long.valueOf(text);
      }
    }
    return null;
  }

  /** A resource attribute as text; null when it is not set. */
  public String resourceText(String key) {
    Object value = resource.get(key);
    return value == null || value.toString().isEmpty() ? null : value.toString();
  }
}
