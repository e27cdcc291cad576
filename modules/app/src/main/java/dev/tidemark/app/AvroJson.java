package dev.tidemark.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Records as plain JSON: field names as in the schema, unions without a type wrapper, unknown as
 * null. The outermost object carries the record's full name as {@code schema}.
 */
final class AvroJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private AvroJson() {}

  static ObjectNode of(IndexedRecord datum) {
    ObjectNode node = JSON.objectNode();
    node.put("schema", datum.getSchema().getFullName());
    fill(node, datum);
    return node;
  }

  private static void fill(ObjectNode node, IndexedRecord datum) {
    for (Schema.Field field : datum.getSchema().getFields()) {
      node.set(field.name(), value(datum.get(field.pos())));
    }
  }

  private static JsonNode value(Object value) {
    if (value == null) {
      return JSON.nullNode();
    } else if (value instanceof IndexedRecord nested) {
      ObjectNode node = JSON.objectNode();
      fill(node, nested);
      return node;
    } else if (value instanceof Map<?, ?> map) {
      ObjectNode node = JSON.objectNode();
      var sorted = new TreeMap<String, Object>();
      map.forEach((k, v) -> sorted.put(k.toString(), v));
      sorted.forEach((k, v) -> node.set(k, value(v)));
      return node;
    } else if (value instanceof Collection<?> items) {
      ArrayNode node = JSON.arrayNode();
      items.forEach(item -> node.add(value(item)));
      return node;
    } else if (value instanceof Long number) {
      return JSON.numberNode(number);
    } else if (value instanceof Integer number) {
      return JSON.numberNode(number);
    } else if (value instanceof Double number) {
      return JSON.numberNode(number);
    } else if (value instanceof Float number) {
      return JSON.numberNode(number);
    } else if (value instanceof Boolean flag) {
      return JSON.booleanNode(flag);
    } else if (value instanceof ByteBuffer bytes) {
      var copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      return JSON.binaryNode(copy);
    }
    return JSON.textNode(value.toString());
  }
}
