package dev.tidemark.ingest.otlp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the JSON form of an OTLP trace request (OTLP specification, JSON Protobuf Encoding: ids in
 * hex, 64-bit numbers as text or number, enums as numbers, unknown fields ignored). Thread-safe.
 */
public final class OtlpJson {
  private static final int STATUS_ERROR = 2;
  private static final ObjectMapper JSON = mapper();

  private OtlpJson() {}

  /** The body is not an OTLP trace request; the message says where and why. */
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  /** Every span of the request, in order. */
  public static List<OtlpSpan> read(byte[] body) throws Malformed {
    List<OtlpSpan> spans = new ArrayList<>();
    for (JsonNode resourceSpans : array(root(body), "resourceSpans")) {
      Map<String, Object> resource = attributes(resourceSpans.path("resource"));
      for (JsonNode scopeSpans : array(resourceSpans, "scopeSpans")) {
        String schema = text(scopeSpans, "schemaUrl");
        schema = schema == null ? text(resourceSpans, "schemaUrl") : schema;
        for (JsonNode span : array(scopeSpans, "spans")) {
          spans.add(span(resource, schema, span));
        }
      }
    }
    return spans;
  }

  private static JsonNode root(byte[] body) throws Malformed {
    try {
      JsonNode root = JSON.readTree(body);
      if (root == null || !root.isObject()) {
        throw new Malformed("body is not a JSON object; send an OTLP trace request");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw new Malformed(
          "body is not JSON at line "
              + (e.getLocation() == null ? 1 : e.getLocation().getLineNr())
              + "; send an OTLP trace request");
    } catch (IOException e) {
      throw new Malformed("body cannot be read; send an OTLP trace request");
    }
  }

  private static OtlpSpan span(Map<String, Object> resource, String schema, JsonNode span)
      throws Malformed {
    JsonNode status = span.path("status").path("code");
    if (status.isTextual()) {
      throw new Malformed("status.code of a span is text; OTLP/JSON sends enums as numbers");
    }
    String parent = text(span, "parentSpanId");
    return new OtlpSpan(
        resource,
        schema,
        id(span, "traceId"),
        id(span, "spanId"),
        parent == null || parent.matches("0*") ? null : parent.toLowerCase(Locale.ROOT),
        span.path("name").asText(""),
        nanos(span, "startTimeUnixNano"),
        nanos(span, "endTimeUnixNano"),
        status.asInt(0) == STATUS_ERROR,
        exceptionType(span),
        attributes(span));
  }

  private static String exceptionType(JsonNode span) throws Malformed {
    for (JsonNode event : array(span, "events")) {
      if ("exception".equals(event.path("name").asText())) {
        Object type = attributes(event).get("exception.type");
        return type == null ? null : type.toString();
      }
    }
    return null;
  }

  private static String id(JsonNode span, String field) {
    return span.path(field).asText("").toLowerCase(Locale.ROOT);
  }

  private static long nanos(JsonNode span, String field) {
    JsonNode node = span.path(field);
    if (node.isTextual()) {
      return node.asText().matches("\\d{1,19}") ? Long.parseUnsignedLong(node.asText()) : 0;
    }
    return node.asLong(0);
  }

  private static Map<String, Object> attributes(JsonNode holder) throws Malformed {
    Map<String, Object> attributes = new HashMap<>();
    for (JsonNode attribute : array(holder, "attributes")) {
      JsonNode value = attribute.path("value");
      if (value.has("stringValue")) {
        attributes.put(attribute.path("key").asText(), value.get("stringValue").asText());
      } else if (value.has("intValue")) {
        attributes.put(attribute.path("key").asText(), value.get("intValue").asLong());
      } else if (value.has("doubleValue")) {
        attributes.put(attribute.path("key").asText(), value.get("doubleValue").asDouble());
      } else if (value.has("boolValue")) {
        attributes.put(attribute.path("key").asText(), value.get("boolValue").asBoolean());
      }
    }
    return attributes;
  }

  private static String text(JsonNode node, String field) {
    String text = node.path(field).asText("");
    return text.isEmpty() ? null : text;
  }

  private static Iterable<JsonNode> array(JsonNode node, String field) throws Malformed {
    JsonNode array = node.path(field);
    if (!array.isArray() && !array.isMissingNode() && !array.isNull()) {
      throw new Malformed(field + " is not an array; send an OTLP trace request");
    }
    return array;
  }

  private static ObjectMapper mapper() {
    ObjectMapper mapper = new ObjectMapper();
    mapper
        .getFactory()
        .setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).build());
    return mapper;
  }
}
