package dev.tidemark.core.dialect;

import dev.tidemark.core.otlp.OtlpSpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A span read with the keys of one dialect. Not thread-safe; lives for one span. */
final class Reading {
  private final OtlpSpan span;
  private final Keys keys;
  private Map<String, Map<?, ?>> parsed;

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
    Object value = member(key, member);
    boolean scalar = value instanceof String || value instanceof Number || value instanceof Boolean;
    return scalar && !value.toString().isEmpty() ? value.toString() : null;
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
      Double real = member < 0 ? span.real(key) : number(member(key, member));
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

  /** The values of every key of the field that is set, as {@link #content} reads them. */
  List<String> contents(Field field) {
    List<String> all = new ArrayList<>(2);
    for (String key : keys.of(field)) {
      Object value = span.attributes().get(key);
      if (value != null) {
        all.add(Contents.text(value));
      }
    }
    return all;
  }

  private static Long whole(Object value) {
    return value instanceof Long whole ? whole : null;
  }

  private static Double number(Object value) {
    return value instanceof Number number ? Double.valueOf(number.doubleValue()) : null;
  }

  private Object member(String key, int at) {
    parsed = parsed == null ? new HashMap<>() : parsed;
    Map<?, ?> holder =
        parsed.computeIfAbsent(
            key.substring(0, at), name -> Contents.json(span.attributes().get(name)));
    return holder.get(key.substring(at + 1));
  }
}
