package dev.tidemark.core.otlp;

import java.util.List;
import java.util.Map;

/**
 * A span as OTLP carries it, before anybody says what it means. Attribute values are String, Long,
 * Double, Boolean, byte[], List or Map of such values; null where a list holds an empty value.
 *
 * @param resource attributes of the resource
 * @param scope name of the instrumentation scope; null when not told
 * @param scopeVersion version of the instrumentation scope; null when not told
 * @param schemaUrl schema of the scope, else of the resource; null when neither names one
 * @param traceId lower-case hex, not checked for length
 * @param spanId lower-case hex, not checked for length
 * @param parentSpanId null for a root
 * @param kind number of the OTLP SpanKind: 0 unspecified, 1 internal, 2 server, 3 client
 * @param startNanos nanoseconds since the epoch; 0 when unknown
 * @param endNanos nanoseconds since the epoch; 0 when unknown
 * @param failed whether the status is ERROR
 * @param statusMessage text of the status; null when there is none
 */
public record OtlpSpan(
    Map<String, Object> resource,
    String scope,
    String scopeVersion,
    String schemaUrl,
    String traceId,
    String spanId,
    String parentSpanId,
    String name,
    int kind,
    long startNanos,
    long endNanos,
    boolean failed,
    String statusMessage,
    Map<String, Object> attributes,
    List<OtlpEvent> events,
    List<OtlpLink> links) {
  private static final int MOST_DIGITS = 18;

  /** The first of {@code keys} that is set to a scalar other than empty text, as text; or null. */
  public String text(String... keys) {
    for (String key : keys) {
      String text = scalar(attributes.get(key));
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  /** The attribute as text when it is a scalar other than empty text; else null. */
  public String text(String key) {
    return scalar(attributes.get(key));
  }

  /** The first of {@code keys} that holds a whole number, sent as number or text; else null. */
  public Long number(String... keys) {
    for (String key : keys) {
      Object value = attributes.get(key);
      if (value instanceof Long whole) {
        return whole;
      }
      if (value instanceof Double real && real == Math.rint(real) && Math.abs(real) < 0x1p62) {
        return real.longValue();
      }
      if (value instanceof String text && isDecimal(text, false)) {
        return Long.valueOf(text);
      }
    }
    return null;
  }

  /** The first of {@code keys} that holds a finite number, sent as number or text; else null. */
  public Double real(String... keys) {
    for (String key : keys) {
      Object value = attributes.get(key);
      if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
        return number.doubleValue();
      }
      if (value instanceof String text && isDecimal(text, true)) {
        return Double.valueOf(text);
      }
    }
    return null;
  }

  /** The first of {@code keys} that holds a truth value, sent as such or as text; else null. */
  public Boolean flag(String... keys) {
    for (String key : keys) {
      Object value = attributes.get(key);
      if (value instanceof Boolean flag) {
        return flag;
      }
      if ("true".equals(value) || "false".equals(value)) {
        return "true".equals(value);
      }
    }
    return null;
  }

  /** The elements of an array; empty when {@code key} holds none. */
  public List<?> list(String key) {
    return attributes.get(key) instanceof List<?> list ? list : List.of();
  }

  /** A resource attribute as text; null when it is not set. */
  public String resourceText(String key) {
    return scalar(resource.get(key));
  }

  /** Type of the first exception event; null when there is none. */
  public String exceptionType() {
    for (OtlpEvent event : events) {
      if (event.name().equals("exception")) {
        return scalar(event.attributes().get("exception.type"));
      }
    }
    return null;
  }

  /** A sign, up to 18 digits, and with {@code fraction} a point and up to 18 more. */
  private static boolean isDecimal(String text, boolean fraction) {
    int from = text.startsWith("-") ? 1 : 0;
    int end = digits(text, from);
    if (fraction && end > from && end < text.length() && text.charAt(end) == '.') {
      from = end + 1;
      end = digits(text, from);
    }
    return end > from && end == text.length();
  }

  /** Behind the digits from {@code from} on, if they are 18 at most; else {@code from}. */
  private static int digits(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end - from > MOST_DIGITS ? from : end;
  }

  private static String scalar(Object value) {
    if (value instanceof String text) {
      return text.isEmpty() ? null : text;
    }
    return value instanceof Number || value instanceof Boolean ? value.toString() : null;
  }
}
