package dev.tidemark.ingest.otlp;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tidemark.core.otlp.OtlpEvent;
import dev.tidemark.core.otlp.OtlpLink;
import dev.tidemark.core.otlp.OtlpLog;
import dev.tidemark.core.otlp.OtlpSpan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the JSON form of OTLP requests (OTLP specification, JSON Protobuf Encoding). Thread-safe.
 */
public final class OtlpJson {
  private static final int STATUS_ERROR = 2;

  private OtlpJson() {}

  /** Every span of a trace request, in order. */
  public static List<OtlpSpan> traces(byte[] body) throws IOException {
    return traces(new ByteArrayInputStream(body));
  }

  /**
   * Every span of a trace request, in order; the caller bounds the stream.
   *
   * @throws Malformed when it is none
   * @throws IOException when {@code body} cannot be read
   */
  public static List<OtlpSpan> traces(InputStream body) throws IOException {
    return read(body, Request::traces);
  }

  /** Every record of a log request, in order. */
  public static List<OtlpLog> logs(byte[] body) throws IOException {
    return logs(new ByteArrayInputStream(body));
  }

  /**
   * Every record of a log request, in order; the caller bounds the stream.
   *
   * @throws Malformed when it is none
   * @throws IOException when {@code body} cannot be read
   */
  public static List<OtlpLog> logs(InputStream body) throws IOException {
    return read(body, Request::logs);
  }

  private interface Reading<T> {
    List<T> from(Request request) throws IOException;
  }

  private static <T> List<T> read(InputStream body, Reading<T> reading) throws IOException {
    try (JsonFields json = new JsonFields(body)) {
      List<T> all = reading.from(new Request(json));
      json.end();
      return all;
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
      throw new Malformed(
          "body is not JSON that can be read at line " + line + ", column " + column);
    }
  }

  /** One body being read. Proto3 JSON does not order fields, so holders wait for their parents. */
  private static final class Request {
    private final JsonFields json;

    private Request(JsonFields json) {
      this.json = json;
    }

    /** A resource or scope around spans or records; filled while its items are read. */
    private static final class Holder {
      private final Map<String, Object> resource = new HashMap<>();
      private String name = "";
      private String version = "";
      private String schema = "";
      private final List<Draft> spans = new ArrayList<>();
      private final List<Draft> logs = new ArrayList<>();
      private final List<Holder> scopes = new ArrayList<>();
    }

    /** A span or a log record. */
    private static final class Draft {
      private String traceId = "";
      private String spanId = "";
      private String parentSpanId = "";
      private String name = "";
      private String message = "";
      private int kind;
      private int status;
      private long start;
      private long end;
      private Object body;
      private final Map<String, Object> attributes = new HashMap<>();
      private final List<OtlpEvent> events = new ArrayList<>();
      private final List<OtlpLink> links = new ArrayList<>();
    }

    private List<OtlpSpan> traces() throws IOException {
      List<OtlpSpan> all = new ArrayList<>();
      for (Holder holder : holders("resourceSpans", "scopeSpans")) {
        for (Holder scope : holder.scopes) {
          for (Draft span : scope.spans) {
            all.add(
                new OtlpSpan(
                    holder.resource,
                    set(scope.name),
                    set(scope.version),
                    set(scope.schema.isEmpty() ? holder.schema : scope.schema),
                    span.traceId,
                    span.spanId,
                    Ids.parent(span.parentSpanId),
                    span.name,
                    span.kind,
                    span.start,
                    span.end,
                    span.status == STATUS_ERROR,
                    set(span.message),
                    span.attributes,
                    span.events,
                    span.links));
          }
        }
      }
      return all;
    }

    private List<OtlpLog> logs() throws IOException {
      List<OtlpLog> all = new ArrayList<>();
      for (Holder holder : holders("resourceLogs", "scopeLogs")) {
        for (Holder scope : holder.scopes) {
          for (Draft log : scope.logs) {
            all.add(
                new OtlpLog(
                    holder.resource,
                    set(scope.name),
                    set(scope.schema.isEmpty() ? holder.schema : scope.schema),
                    log.traceId,
                    log.spanId,
                    log.start != 0 ? log.start : log.end,
                    set(log.name),
                    log.body,
                    log.attributes));
          }
        }
      }
      return all;
    }

    private List<Holder> holders(String resources, String scopes) throws IOException {
      List<Holder> all = new ArrayList<>();
      json.object(
          name -> {
            if (name.equals(resources)) {
              json.array(() -> all.add(resource(scopes)));
            } else {
              json.ignore(name);
            }
          });
      return all;
    }

    private Holder resource(String scopes) throws IOException {
      Holder holder = new Holder();
      json.object(
          name -> {
            if (name.equals("resource")) {
              json.object(field -> attributesOr(field, holder.resource));
            } else if (name.equals("schemaUrl")) {
              holder.schema = json.text();
            } else if (name.equals(scopes)) {
              json.array(() -> holder.scopes.add(scope()));
            } else {
              json.ignore(name);
            }
          });
      return holder;
    }

    private Holder scope() throws IOException {
      Holder holder = new Holder();
      json.object(
          name -> {
            switch (name) {
              case "scope" ->
                  json.object(
                      field -> {
                        switch (field) {
                          case "name" -> holder.name = json.text();
                          case "version" -> holder.version = json.text();
                          default -> json.ignore(field);
                        }
                      });
              case "schemaUrl" -> holder.schema = json.text();
              case "spans" -> json.array(() -> holder.spans.add(span()));
              case "logRecords" -> json.array(() -> holder.logs.add(log()));
              default -> json.ignore(name);
            }
          });
      return holder;
    }

    private Draft span() throws IOException {
      Draft span = new Draft();
      json.object(
          name -> {
            switch (name) {
              case "traceId" -> span.traceId = json.id();
              case "spanId" -> span.spanId = json.id();
              case "parentSpanId" -> span.parentSpanId = json.id();
              case "name" -> span.name = json.text();
              case "kind" -> span.kind = json.number();
              case "startTimeUnixNano" -> span.start = json.whole();
              case "endTimeUnixNano" -> span.end = json.whole();
              case "attributes" -> json.array(() -> pair(span.attributes));
              case "events" -> json.array(() -> span.events.add(event()));
              case "links" -> json.array(() -> span.links.add(link()));
              case "status" ->
                  json.object(
                      field -> {
                        switch (field) {
                          case "code" -> span.status = json.number();
                          case "message" -> span.message = json.text();
                          default -> json.ignore(field);
                        }
                      });
              default -> json.ignore(name);
            }
          });
      return span;
    }

    private Draft log() throws IOException {
      Draft log = new Draft();
      json.object(
          name -> {
            switch (name) {
              case "traceId" -> log.traceId = json.id();
              case "spanId" -> log.spanId = json.id();
              case "timeUnixNano" -> log.start = json.whole();
              case "observedTimeUnixNano" -> log.end = json.whole();
              case "severityNumber" -> log.kind = json.number();
              case "eventName" -> log.name = json.text();
              case "body" -> log.body = value();
              case "attributes" -> json.array(() -> pair(log.attributes));
              default -> json.ignore(name);
            }
          });
      return log;
    }

    private OtlpEvent event() throws IOException {
      Draft event = new Draft();
      json.object(
          name -> {
            switch (name) {
              case "name" -> event.name = json.text();
              case "timeUnixNano" -> event.start = json.whole();
              default -> attributesOr(name, event.attributes);
            }
          });
      return new OtlpEvent(event.name, event.start, event.attributes);
    }

    private OtlpLink link() throws IOException {
      Draft link = new Draft();
      json.object(
          name -> {
            switch (name) {
              case "traceId" -> link.traceId = json.id();
              case "spanId" -> link.spanId = json.id();
              default -> attributesOr(name, link.attributes);
            }
          });
      return new OtlpLink(link.traceId, link.spanId, link.attributes);
    }

    private void attributesOr(String name, Map<String, Object> into) throws IOException {
      if (name.equals("attributes")) {
        json.array(() -> pair(into));
      } else {
        json.ignore(name);
      }
    }

    private void pair(Map<String, Object> into) throws IOException {
      String[] key = {""};
      Object[] value = {null};
      json.object(
          name -> {
            switch (name) {
              case "key" -> key[0] = json.text();
              case "value" -> value[0] = value();
              default -> json.ignore(name);
            }
          });
      into.put(key[0], value[0]);
    }

    private Object value() throws IOException {
      Object[] value = {null};
      json.object(
          name -> {
            switch (name) {
              case "stringValue" -> value[0] = json.text();
              case "boolValue" -> value[0] = json.flag();
              case "intValue" -> value[0] = json.whole();
              case "doubleValue" -> value[0] = json.real();
              case "bytesValue" -> value[0] = json.bytes();
              case "arrayValue" -> value[0] = elements();
              case "kvlistValue" -> value[0] = entries();
              default -> json.ignore(name);
            }
          });
      return value[0];
    }

    private List<Object> elements() throws IOException {
      List<Object> elements = new ArrayList<>();
      json.object(
          name -> {
            if (name.equals("values")) {
              json.array(() -> elements.add(value()));
            } else {
              json.ignore(name);
            }
          });
      return elements;
    }

    private Map<String, Object> entries() throws IOException {
      Map<String, Object> entries = new HashMap<>();
      json.object(
          name -> {
            if (name.equals("values")) {
              json.array(() -> pair(entries));
            } else {
              json.ignore(name);
            }
          });
      return entries;
    }

    private static String set(String text) {
      return text.isEmpty() ? null : text;
    }
  }
}
