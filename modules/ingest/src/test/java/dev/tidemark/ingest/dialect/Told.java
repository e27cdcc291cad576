package dev.tidemark.ingest.dialect;

import dev.tidemark.core.otlp.OtlpEvent;
import dev.tidemark.core.otlp.OtlpSpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A span as somebody might send it, made by hand: 20 ms long, later than the one made before. */
final class Told {
  static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final long START = 1_790_000_000_000_000_000L;
  private static final long MILLI = 1_000_000;

  private final Map<String, Object> resource = new HashMap<>(Map.of("service.name", "svc"));
  private final Map<String, Object> attributes = new HashMap<>();
  private final List<OtlpEvent> events = new ArrayList<>();
  private int number;
  private String trace = TRACE;
  private String name = "span";
  private String scope = "by hand";
  private String parent;
  private int kind = 1;
  private long startMs;
  private long nanos = 20 * MILLI;
  private boolean failed;
  private String message;

  private Told(int number) {
    this.number = number;
    this.startMs = number * 100L;
  }

  /** Span number {@code number}, which starts after {@code number} tenths of a second. */
  static Told span(int number, Object... attributes) {
    return new Told(number).with(attributes);
  }

  Told with(Object... more) {
    for (int i = 0; i < more.length; i += 2) {
      attributes.put((String) more[i], more[i + 1]);
    }
    return this;
  }

  Told resource(String key, Object value) {
    resource.put(key, value);
    return this;
  }

  /** No parent when {@code outer} is negative. */
  Told inside(int outer) {
    parent = outer < 0 ? null : id(outer);
    return this;
  }

  /** At the time of its number, but with the id of another. */
  Told renumbered(int other) {
    number = other;
    return this;
  }

  Told trace(String id) {
    trace = id;
    return this;
  }

  Told named(String text) {
    name = text;
    return this;
  }

  Told scope(String text) {
    scope = text;
    return this;
  }

  Told server() {
    kind = 2;
    return this;
  }

  Told lasting(long ms) {
    nanos = ms * MILLI;
    return this;
  }

  Told failed(String text) {
    failed = true;
    message = text;
    return this;
  }

  Told raising(String type, String text) {
    events.add(
        new OtlpEvent("exception", 0, Map.of("exception.type", type, "exception.message", text)));
    return failed(text);
  }

  Told event(String what, Map<String, Object> more) {
    events.add(new OtlpEvent(what, START + startMs * MILLI, more));
    return this;
  }

  OtlpSpan build() {
    return new OtlpSpan(
        resource,
        scope,
        "1",
        null,
        trace,
        id(number),
        parent,
        name,
        kind,
        START + startMs * MILLI,
        START + startMs * MILLI + nanos,
        failed,
        message,
        attributes,
        events,
        List.of());
  }

  static List<OtlpSpan> all(Told... spans) {
    List<OtlpSpan> built = new ArrayList<>();
    for (Told span : spans) {
      built.add(span.build());
    }
    return built;
  }

  /** What they mean together. */
  static Meaning meaning(Told... spans) {
    return Meaning.of(all(spans));
  }

  private static String id(int number) {
    return String.format("%016x", number + 1);
  }
}
