package dev.tidemark.ingest.otlp;

import dev.tidemark.core.otlp.OtlpEvent;
import dev.tidemark.core.otlp.OtlpLink;
import dev.tidemark.core.otlp.OtlpLog;
import dev.tidemark.core.otlp.OtlpSpan;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the binary protobuf form of OTLP requests (field numbers of opentelemetry-proto 1.11).
 * Unknown fields are ignored. Attribute values are read when asked for, so what is returned keeps
 * the bytes of the request, which must not be changed. Thread-safe.
 */
public final class OtlpProto {
  private static final int STATUS_ERROR = 2;

  private OtlpProto() {}

  /** Every span of a trace request, in order. */
  public static List<OtlpSpan> traces(byte[] body) throws Malformed {
    List<OtlpSpan> all = new ArrayList<>();
    LastId trace = new LastId(body);
    read(
        body,
        (resource, scope, item) ->
            all.add(new SpanFields(body, trace).read(resource, scope, item)));
    return all;
  }

  /**
   * Every span of a trace request, in order; the caller bounds the stream.
   *
   * @throws Malformed when it is none
   * @throws IOException when {@code body} cannot be read
   */
  public static List<OtlpSpan> traces(InputStream body) throws IOException {
    return traces(body.readAllBytes());
  }

  /** Every record of a log request, in order. */
  public static List<OtlpLog> logs(byte[] body) throws Malformed {
    List<OtlpLog> all = new ArrayList<>();
    read(body, (resource, scope, item) -> all.add(log(body, resource, scope, item)));
    return all;
  }

  /**
   * Every record of a log request, in order; the caller bounds the stream.
   *
   * @throws Malformed when it is none
   * @throws IOException when {@code body} cannot be read
   */
  public static List<OtlpLog> logs(InputStream body) throws IOException {
    return logs(body.readAllBytes());
  }

  /** An instrumentation scope; null where nothing is told. */
  private record Scope(String name, String version, String schema) {}

  private interface Item {
    void read(Map<String, Object> resource, Scope scope, ProtoCursor item) throws Malformed;
  }

  /** Traces and logs are built alike: 1 resource or scope, 2 what is in it, 3 schema. */
  private static void read(byte[] body, Item item) throws Malformed {
    ProtoCursor request = new ProtoCursor(body, 0, body.length);
    for (int field = request.next(); field != 0; field = request.next()) {
      if (field == 1) {
        holder(body, request.message(), request.message(), item);
      }
    }
  }

  /** Goes over the fields twice, since what holds for all items may follow them. */
  private static void holder(byte[] body, ProtoCursor first, ProtoCursor again, Item item)
      throws Malformed {
    LazyAttributes resource = new LazyAttributes(body);
    String schema = "";
    for (int field = first.next(); field != 0; field = first.next()) {
      if (field == 1) {
        addAll(resource, first.message(), 1);
      } else if (field == 3) {
        schema = first.name();
      }
    }
    resource.complete();
    for (int field = again.next(); field != 0; field = again.next()) {
      if (field == 2) {
        scope(resource, schema, again.message(), again.message(), item);
      }
    }
  }

  private static void scope(
      Map<String, Object> resource,
      String outerSchema,
      ProtoCursor first,
      ProtoCursor again,
      Item item)
      throws Malformed {
    String name = "";
    String version = "";
    String schema = "";
    for (int field = first.next(); field != 0; field = first.next()) {
      if (field == 1) {
        ProtoCursor scope = first.message();
        for (int part = scope.next(); part != 0; part = scope.next()) {
          name = part == 1 ? scope.name() : name;
          version = part == 2 ? scope.name() : version;
        }
      } else if (field == 3) {
        schema = first.name();
      }
    }
    Scope told = new Scope(set(name), set(version), set(schema.isEmpty() ? outerSchema : schema));
    for (int field = again.next(); field != 0; field = again.next()) {
      if (field == 2) {
        item.read(resource, told, again.message());
      }
    }
  }

  private static void addAll(LazyAttributes to, ProtoCursor fields, int number) throws Malformed {
    for (int field = fields.next(); field != 0; field = fields.next()) {
      if (field == number) {
        to.add(fields);
      }
    }
  }

  private static OtlpLog log(
      byte[] body, Map<String, Object> resource, Scope scope, ProtoCursor log) throws Malformed {
    LazyAttributes attributes = new LazyAttributes(body);
    String traceId = "";
    String spanId = "";
    String event = "";
    long time = 0;
    long observed = 0;
    Object said = null;
    for (int field = log.next(); field != 0; field = log.next()) {
      switch (field) {
        case 1 -> time = log.number();
        case 5 -> said = ProtoValues.read(body, log.from(), log.to());
        case 6 -> attributes.add(log);
        case 9 -> traceId = log.hex();
        case 10 -> spanId = log.hex();
        case 11 -> observed = log.number();
        case 12 -> event = log.name();
        default -> {}
      }
    }
    return new OtlpLog(
        resource,
        scope.name(),
        scope.schema(),
        traceId,
        spanId,
        time != 0 ? time : observed,
        set(event),
        said,
        attributes.complete());
  }

  /** One span being read. */
  private static final class SpanFields {
    private final byte[] body;
    private final LazyAttributes attributes;
    private final LastId trace;
    private String traceId = "";
    private String spanId = "";
    private String parent = "";
    private String name = "";
    private String message = "";
    private int kind;
    private long start;
    private long end;
    private boolean failed;
    private List<OtlpEvent> events = List.of();
    private List<OtlpLink> links = List.of();

    private SpanFields(byte[] body, LastId trace) {
      this.body = body;
      this.trace = trace;
      this.attributes = new LazyAttributes(body);
    }

    private OtlpSpan read(Map<String, Object> resource, Scope scope, ProtoCursor span)
        throws Malformed {
      for (int field = span.next(); field != 0; field = span.next()) {
        switch (field) {
          case 1 -> traceId = trace.hex(span);
          case 2 -> spanId = span.hex();
          case 4 -> parent = span.hex();
          case 5 -> name = span.name();
          case 6 -> kind = (int) span.number();
          case 7 -> start = span.number();
          case 8 -> end = span.number();
          case 9 -> attributes.add(span);
          case 11 -> event(span.message());
          case 13 -> link(span.message());
          case 15 -> status(span.message());
          default -> {}
        }
      }
      return new OtlpSpan(
          resource,
          scope.name(),
          scope.version(),
          scope.schema(),
          traceId,
          spanId,
          Ids.parent(parent),
          name,
          kind,
          start,
          end,
          failed,
          set(message),
          attributes.complete(),
          events,
          links);
    }

    private void status(ProtoCursor fields) throws Malformed {
      for (int field = fields.next(); field != 0; field = fields.next()) {
        if (field == 2) {
          message = fields.text();
        } else if (field == 3) {
          failed = fields.number() == STATUS_ERROR;
        }
      }
    }

    private void event(ProtoCursor fields) throws Malformed {
      LazyAttributes own = new LazyAttributes(body);
      String called = "";
      long time = 0;
      for (int field = fields.next(); field != 0; field = fields.next()) {
        switch (field) {
          case 1 -> time = fields.number();
          case 2 -> called = fields.name();
          case 3 -> own.add(fields);
          default -> {}
        }
      }
      events = events.isEmpty() ? new ArrayList<>() : events;
      events.add(new OtlpEvent(called, time, own.complete()));
    }

    private void link(ProtoCursor fields) throws Malformed {
      LazyAttributes own = new LazyAttributes(body);
      String trace = "";
      String span = "";
      for (int field = fields.next(); field != 0; field = fields.next()) {
        switch (field) {
          case 1 -> trace = fields.hex();
          case 2 -> span = fields.hex();
          case 4 -> own.add(fields);
          default -> {}
        }
      }
      links = links.isEmpty() ? new ArrayList<>() : links;
      links.add(new OtlpLink(trace, span, own.complete()));
    }
  }

  private static String set(String text) {
    return text.isEmpty() ? null : text;
  }
}
