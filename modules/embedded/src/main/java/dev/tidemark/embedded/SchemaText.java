package dev.tidemark.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Texts of Avro schemas: two texts that mean the same bytes on the wire should be one. */
final class SchemaText {
  private static final ObjectMapper SORTED =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private SchemaText() {}

  /**
   * Parses one schema that stands alone.
   *
   * @throws RegistryError 42201 when it is not Avro
   */
  static Schema parse(String text) {
    try {
      return new Schema.Parser().parse(text);
    } catch (AvroRuntimeException e) {
      throw RegistryError.invalidSchema(e.getMessage());
    } catch (StackOverflowError e) {
      throw RegistryError.invalidSchema("it is nested too deeply");
    }
  }

  /** The text without white space, names shortened; docs, defaults and properties stay. */
  static String canonical(Schema schema) {
    return schema.toString();
  }

  /** The canonical text with the attributes of every object in alphabetical order. */
  static String normalized(Schema schema) {
    try {
      JsonNode tree = SORTED.readTree(schema.toString());
      return SORTED.writeValueAsString(SORTED.treeToValue(tree, Object.class));
    } catch (JsonProcessingException e) {
      throw RegistryError.invalidSchema(e.getOriginalMessage());
    }
  }
}
