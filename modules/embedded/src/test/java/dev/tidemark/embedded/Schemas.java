package dev.tidemark.embedded;

import org.apache.avro.Schema;

/** Three generations of one record, and a stranger. */
final class Schemas {
  static final String V1 = record("{\"name\":\"id\",\"type\":\"string\"}");

  /** Adds a field with a default: V1 and V2 read each other. */
  static final String V2 =
      record(
          "{\"name\":\"id\",\"type\":\"string\"},"
              + "{\"name\":\"cost\",\"type\":\"double\",\"default\":0}");

  /** Adds a field without one: reads no earlier data, but earlier ones read its data. */
  static final String V3 =
      record("{\"name\":\"id\",\"type\":\"string\"},{\"name\":\"size\",\"type\":\"long\"}");

  /** Drops the field: reads earlier data, but earlier ones do not read its data. */
  static final String EMPTY = record("");

  static final String STRING = "{\"type\":\"string\"}";

  private Schemas() {}

  static Schema parsed(String text) {
    return SchemaText.parse(text);
  }

  private static String record(String fields) {
    return "{\"type\":\"record\",\"name\":\"Span\",\"namespace\":\"x.y\",\"fields\":["
        + fields
        + "]}";
  }
}
