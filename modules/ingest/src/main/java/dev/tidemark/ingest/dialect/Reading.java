package dev.tidemark.ingest.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.ingest.otlp.OtlpSpan;
import java.util.HashMap;
import java.util.Map;

/** A span read with the keys of one dialect. Not thread-safe; lives for one span. */
final class Reading {
  private final OtlpSpan span;
  private final Keys keys;
  private Map<String, JsonNode> parsed;

  Reading(OtlpSpan span, Keys keys) {
    this.span = span;
    this.keys = keys;
  }

  OtlpSpan span() {
    return span;
  }

  /** The first key of the field that is set, as text; null when none is. */
  String text(Field field) {
    for (String key : keys.of(field)) {
      String text = text(key);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  /** One attribute, or member of one, as text; null when it is not set. */
  String text(String key) {
    int member = key.indexOf('>');
    if (member < 0) {
      return span.text(key);
    }
    JsonNode node = member(key, member);
    return node.isValueNode() && !node.isNull() && !node.asText().isEmpty() ? node.asText() : null;
  }

  /** The first key of the field that holds a whole number; null when none does. */
  Long number(Field field) {
    for (String key : keys.of(field)) {
      int member = key.indexOf('>');
      Long number = member < 0 ? span.number(key) : whole(member(key, member));
      if (number != null) {
        return number;
      }
    }
    return null;
  }

  /** The first key of the field that holds a finite number; null when none does. */
  Double real(Field field) {
    for (String key : keys.of(field)) {
      int member = key.indexOf('>');
      JsonNode node = member < 0 ? null : member(key, member);
      Double real = node == null ? span.real(key) : node.isNumber() ? node.asDouble() : null;
      if (real != null && Double.isFinite(real)) {
        return real;
      }
    }
    return null;
  }

  /** Arguments, a result or a definition: text as it is, anything else as JSON; or null. */
  String content(Field field) {
    for (String key : keys.of(field)) {
      Object value = span.attributes().get(key);
      if (value != null) {
        return Contents.text(value);
      }
    }
    return null;
  }

  private static Long whole(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong() ? node.asLong() : null;
  }

  private JsonNode member(String key, int at) {
    parsed = parsed == null ? new HashMap<>() : parsed;
    JsonNode holder =
        parsed.computeIfAbsent(
            key.substring(0, at), name -> Contents.json(span.attributes().get(name)));
    return holder.path(key.substring(at + 1));
  }
}
