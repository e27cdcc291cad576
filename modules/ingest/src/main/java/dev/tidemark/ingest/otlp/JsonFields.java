package dev.tidemark.ingest.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;

/**
 * Reads JSON field by field, never as a whole, with the strictness of OTLP/JSON: ids in hex, enums
 * as numbers, field names in lowerCamelCase, 64-bit numbers as number or text, anything unknown
 * ignored. What breaks a rule is named by its path in the body. Not thread-safe.
 */
final class JsonFields implements AutoCloseable {
  private static final int DEEPEST = 128;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();
  private static final Set<String> KNOWN =
      Set.of(
          "resourceSpans",
          "resourceLogs",
          "scopeSpans",
          "scopeLogs",
          "logRecords",
          "schemaUrl",
          "traceId",
          "spanId",
          "parentSpanId",
          "startTimeUnixNano",
          "endTimeUnixNano",
          "timeUnixNano",
          "observedTimeUnixNano",
          "eventName",
          "stringValue",
          "intValue",
          "doubleValue",
          "boolValue",
          "arrayValue",
          "kvlistValue",
          "bytesValue");

  private final JsonParser parser;

  /** What to do with a field whose value comes next; the value must be consumed. */
  interface Field {
    void read(String name) throws IOException;
  }

  /** What to do with an element of an array that comes next; it must be consumed. */
  interface Element {
    void read() throws IOException;
  }

  JsonFields(InputStream body) throws IOException {
    parser = JSON.createParser(body);
    parser.nextToken();
  }

  /** Reads the object that comes next; null counts as an empty one. */
  void object(Field field) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    require(JsonToken.START_OBJECT, "is not an object");
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      field.read(name);
    }
  }

  /** Reads the array that comes next; null counts as an empty one. */
  void array(Element element) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    require(JsonToken.START_ARRAY, "is not an array");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      element.read();
    }
  }

  /** Skips an unknown field, unless it is a known one in another spelling. */
  void ignore(String name) throws IOException {
    if (name.indexOf('_') >= 0 && KNOWN.contains(camel(name))) {
      throw wrong("is spelled with underscores; OTLP/JSON says " + camel(name));
    }
    parser.skipChildren();
  }

  String text() throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return "";
    }
    require(JsonToken.VALUE_STRING, "is not text");
    return parser.getText();
  }

  /** An id in hex, in lower case; its length is not checked. */
  String id() throws IOException {
    String id = text();
    for (int i = 0; i < id.length(); i++) {
      if (Character.digit(id.charAt(i), 16) < 0 || id.charAt(i) > 'f') {
        throw wrong("is not hex; OTLP/JSON sends ids in hex, not in base64");
      }
    }
    return id.toLowerCase(Locale.ROOT);
  }

  int number() throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return 0;
    }
    require(JsonToken.VALUE_NUMBER_INT, "is not a number; OTLP/JSON sends enums as numbers");
    return (int) parser.getLongValue();
  }

  /** A 64-bit number, sent as number or text; unsigned ones keep their bits. */
  long whole() throws IOException {
    String digits =
        switch (parser.currentToken()) {
          case VALUE_NULL -> "0";
          case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getText();
          default -> "";
        };
    try {
      return digits.startsWith("-") ? Long.parseLong(digits) : Long.parseUnsignedLong(digits);
    } catch (NumberFormatException e) {
      throw wrong("is not a whole number of 64 bits, as number or text");
    }
  }

  double real() throws IOException {
    try {
      return switch (parser.currentToken()) {
        case VALUE_NULL -> 0;
        case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
            Double.parseDouble(parser.getText());
        default -> throw wrong("is not a number");
      };
    } catch (NumberFormatException e) {
      throw wrong("is not a number");
    }
  }

  boolean flag() throws IOException {
    if (!parser.currentToken().isBoolean()) {
      throw wrong("is not true or false");
    }
    return parser.getBooleanValue();
  }

  byte[] bytes() throws IOException {
    require(JsonToken.VALUE_STRING, "is not text");
    try {
      return parser.getBinaryValue();
    } catch (JsonProcessingException e) {
      throw wrong("is not base64");
    }
  }

  /** Nothing but white space may follow. */
  void end() throws IOException {
    if (parser.nextToken() != null) {
      throw wrong("follows the request; send one request per body");
    }
  }

  private void require(JsonToken token, String otherwise) throws Malformed {
    if (parser.currentToken() != token) {
      throw wrong(otherwise);
    }
  }

  private Malformed wrong(String what) {
    String path = parser.getParsingContext().pathAsPointer().toString();
    return new Malformed((path.isEmpty() ? "body" : path) + " " + what);
  }

  private static String camel(String name) {
    StringBuilder camel = new StringBuilder(name.length());
    boolean up = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '_') {
        up = true;
      } else {
        camel.append(up ? Character.toUpperCase(c) : c);
        up = false;
      }
    }
    return camel.toString();
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
