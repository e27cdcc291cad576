package dev.tidemark.capture;

import dev.tidemark.core.otlp.OtlpEvent;
import dev.tidemark.core.otlp.OtlpLink;
import dev.tidemark.core.otlp.OtlpSpan;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A finished span of the OpenTelemetry SDK as OTLP would carry it. */
final class OtelSpans {
  private OtelSpans() {}

  static OtlpSpan of(SpanData span) {
    String schema = span.getInstrumentationScopeInfo().getSchemaUrl();
    return new OtlpSpan(
        attributes(span.getResource().getAttributes()),
        span.getInstrumentationScopeInfo().getName(),
        span.getInstrumentationScopeInfo().getVersion(),
        schema == null ? span.getResource().getSchemaUrl() : schema,
        span.getTraceId(),
        span.getSpanId(),
        span.getParentSpanContext().isValid() ? span.getParentSpanId() : null,
        span.getName(),
        number(span.getKind()),
        span.getStartEpochNanos(),
        span.getEndEpochNanos(),
        span.getStatus().getStatusCode() == StatusCode.ERROR,
        span.getStatus().getDescription(),
        attributes(span.getAttributes()),
        events(span),
        links(span));
  }

  /** Number of a kind in OTLP. */
  private static int number(SpanKind kind) {
    return switch (kind) {
      case INTERNAL -> 1;
      case SERVER -> 2;
      case CLIENT -> 3;
      case PRODUCER -> 4;
      case CONSUMER -> 5;
    };
  }

  private static List<OtlpEvent> events(SpanData span) {
    var events = new ArrayList<OtlpEvent>(span.getEvents().size());
    span.getEvents()
        .forEach(
            event ->
                events.add(
                    new OtlpEvent(
                        event.getName(),
                        event.getEpochNanos(),
                        attributes(event.getAttributes()))));
    return events;
  }

  private static List<OtlpLink> links(SpanData span) {
    var links = new ArrayList<OtlpLink>(span.getLinks().size());
    span.getLinks()
        .forEach(
            link ->
                links.add(
                    new OtlpLink(
                        link.getSpanContext().getTraceId(),
                        link.getSpanContext().getSpanId(),
                        attributes(link.getAttributes()))));
    return links;
  }

  private static Map<String, Object> attributes(Attributes attributes) {
    var map = new HashMap<String, Object>();
    attributes.forEach((key, value) -> map.put(key.getKey(), plain(value)));
    return map;
  }

  /** A value of the SDK as one of OTLP: text, number, flag, bytes, list or map. */
  private static Object plain(Object value) {
    if (value instanceof Value<?> one) {
      return plain(one.getValue());
    }
    if (value instanceof List<?> list) {
      if (!list.isEmpty() && list.get(0) instanceof KeyValue) {
        var map = new HashMap<String, Object>();
        list.forEach(
            member -> map.put(((KeyValue) member).getKey(), plain(((KeyValue) member).getValue())));
        return map;
      }
      var items = new ArrayList<Object>(list.size());
      list.forEach(item -> items.add(plain(item)));
      return items;
    }
    if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return bytes;
    }
    return value;
  }
}
