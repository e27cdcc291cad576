package dev.tidemark.ingest.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.tidemark.core.otlp.OtlpEvent;
import dev.tidemark.core.otlp.OtlpLink;
import dev.tidemark.core.otlp.OtlpLog;
import dev.tidemark.core.otlp.OtlpSpan;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Reads requests with the generated classes of opentelemetry-proto: what ours is held against. */
final class ParsedByLibrary {
  private static final HexFormat HEX = HexFormat.of();

  private ParsedByLibrary() {}

  /** Every span of a trace request, in order. */
  public static List<OtlpSpan> traces(byte[] body) throws Malformed {
    try {
      return spans(ExportTraceServiceRequest.parseFrom(body));
    } catch (InvalidProtocolBufferException e) {
      throw malformed("trace");
    }
  }

  /**
   * Every span of a trace request, in order; the caller bounds the stream.
   *
   * @throws Malformed when it is none
   * @throws IOException when {@code body} cannot be read
   */
  public static List<OtlpSpan> traces(InputStream body) throws IOException {
    return spans(parse(ExportTraceServiceRequest.parser(), body, "trace"));
  }

  /** Every record of a log request, in order. */
  public static List<OtlpLog> logs(byte[] body) throws Malformed {
    try {
      return records(ExportLogsServiceRequest.parseFrom(body));
    } catch (InvalidProtocolBufferException e) {
      throw malformed("log");
    }
  }

  /**
   * Every record of a log request, in order; the caller bounds the stream.
   *
   * @throws Malformed when it is none
   * @throws IOException when {@code body} cannot be read
   */
  public static List<OtlpLog> logs(InputStream body) throws IOException {
    return records(parse(ExportLogsServiceRequest.parser(), body, "log"));
  }

  private static <T extends MessageLite> T parse(Parser<T> parser, InputStream body, String what)
      throws IOException {
    try {
      return parser.parseFrom(body);
    } catch (InvalidProtocolBufferException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw malformed(what);
    }
  }

  private static Malformed malformed(String what) {
    return new Malformed("body is not a protobuf OTLP " + what + " request; check the exporter");
  }

  private static List<OtlpSpan> spans(ExportTraceServiceRequest request) throws Malformed {
    List<OtlpSpan> all = new ArrayList<>();
    for (ResourceSpans holder : request.getResourceSpansList()) {
      Map<String, Object> resource = attributes(holder.getResource().getAttributesList());
      for (ScopeSpans scope : holder.getScopeSpansList()) {
        String schema = first(scope.getSchemaUrl(), holder.getSchemaUrl());
        String name = first(scope.getScope().getName(), "");
        String version = first(scope.getScope().getVersion(), "");
        for (Span span : scope.getSpansList()) {
          all.add(span(resource, name, version, schema, span));
        }
      }
    }
    return all;
  }

  private static OtlpSpan span(
      Map<String, Object> resource, String scope, String version, String schema, Span span)
      throws Malformed {
    List<OtlpEvent> events = new ArrayList<>(span.getEventsCount());
    for (Span.Event event : span.getEventsList()) {
      events.add(
          new OtlpEvent(
              event.getName(), event.getTimeUnixNano(), attributes(event.getAttributesList())));
    }
    List<OtlpLink> links = new ArrayList<>(span.getLinksCount());
    for (Span.Link link : span.getLinksList()) {
      links.add(
          new OtlpLink(
              hex(link.getTraceId()), hex(link.getSpanId()), attributes(link.getAttributesList())));
    }
    return new OtlpSpan(
        resource,
        scope,
        version,
        schema,
        hex(span.getTraceId()),
        hex(span.getSpanId()),
        Ids.parent(hex(span.getParentSpanId())),
        span.getName(),
        span.getKindValue(),
        span.getStartTimeUnixNano(),
        span.getEndTimeUnixNano(),
        span.getStatus().getCode() == StatusCode.STATUS_CODE_ERROR,
        first(span.getStatus().getMessage(), ""),
        attributes(span.getAttributesList()),
        events,
        links);
  }

  private static List<OtlpLog> records(ExportLogsServiceRequest request) throws Malformed {
    List<OtlpLog> all = new ArrayList<>();
    for (ResourceLogs holder : request.getResourceLogsList()) {
      Map<String, Object> resource = attributes(holder.getResource().getAttributesList());
      for (ScopeLogs scope : holder.getScopeLogsList()) {
        String schema = first(scope.getSchemaUrl(), holder.getSchemaUrl());
        String name = first(scope.getScope().getName(), "");
        for (LogRecord log : scope.getLogRecordsList()) {
          all.add(
              new OtlpLog(
                  resource,
                  name,
                  schema,
                  hex(log.getTraceId()),
                  hex(log.getSpanId()),
                  log.getTimeUnixNano() != 0
                      ? log.getTimeUnixNano()
                      : log.getObservedTimeUnixNano(),
                  first(log.getEventName(), ""),
                  value(log.getBody()),
                  attributes(log.getAttributesList())));
        }
      }
    }
    return all;
  }

  private static Map<String, Object> attributes(List<KeyValue> pairs) {
    Map<String, Object> attributes = new HashMap<>(pairs.size() * 2);
    for (KeyValue pair : pairs) {
      attributes.put(pair.getKey(), value(pair.getValue()));
    }
    return attributes;
  }

  private static Object value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case INT_VALUE -> value.getIntValue();
      case DOUBLE_VALUE -> value.getDoubleValue();
      case BOOL_VALUE -> value.getBoolValue();
      case BYTES_VALUE -> value.getBytesValue().toByteArray();
      case KVLIST_VALUE -> attributes(value.getKvlistValue().getValuesList());
      case ARRAY_VALUE -> {
        List<Object> values = new ArrayList<>(value.getArrayValue().getValuesCount());
        for (AnyValue element : value.getArrayValue().getValuesList()) {
          values.add(value(element));
        }
        yield values;
      }
      default -> null;
    };
  }

  private static String first(String one, String other) {
    return !one.isEmpty() ? one : other.isEmpty() ? null : other;
  }

  private static String hex(ByteString id) {
    return HEX.formatHex(id.toByteArray());
  }
}
