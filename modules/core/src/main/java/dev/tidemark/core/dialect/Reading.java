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
    for (Key key : keys.of(field)) {
      String text = text(key);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  /** One attribute as text; null when it is not set. */
  String text(String key) {
    return span.text(key);
  }

  /** The value at the key as text; null when it is not set. */
  String text(Key key) {
    if (key.member() == null) {
      return span.text(key.attribute());
    }
    Object value = member(key);
    boolean scalar = value instanceof String || value instanceof Number || value instanceof Boolean;
    return scalar && !value.toString().isEmpty() ? value.toString() : null;
  }

  /** The first key of the field that holds a whole number; null when none does. */
  Long number(Field field) {
    for (Key key : keys.of(field)) {
      Long number = key.member() == null ? span.number(key.attribute()) : whole(member(key));
      if (number != null) {
        return number;
      }
    }
    return null;
  }

  /** The first key of the field that holds a finite number; null when none does. */
  Double real(Field field) {
    for (Key key : keys.of(field)) {
      Double real = key.member() == null ? span.real(key.attribute()) : number(member(key));
      if (real != null && Double.isFinite(real)) {
        return real;
      }
    }
    return null;
  }

  /** Arguments, a result or a definition: text as it is, anything else as JSON; or null. */
  String content(Field field) {
    for (Key key : keys.of(field)) {
      Object value = key.member() == null ? span.attributes().get(key.attribute()) : null;
      if (value != null) {
        return Contents.text(value);
      }
    }
    return null;
  }

  /** The values of every key of the field that is set, as {@link #content} reads them. */
  List<String> contents(Field field) {
    List<String> all = new ArrayList<>(2);
    for (Key key : keys.of(field)) {
      Object value = key.member() == null ? span.attributes().get(key.attribute()) : null;
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

  private Object member(Key key) {
    Object holder = span.attributes().get(key.attribute());
    if (holder == null || (holder instanceof String json && !mayHold(json, key))) {
      return null;
    }
    parsed = parsed == null ? new HashMap<>(2) : parsed;
    return parsed.computeIfAbsent(key.attribute(), name -> Contents.json(holder)).get(key.member());
  }

  /** A text that neither names a member nor escapes anything cannot hold it: not read further. */
  private static boolean mayHold(String json, Key key) {
    return json.contains(key.quoted()) || json.indexOf('\\') >= 0;
  }
}
