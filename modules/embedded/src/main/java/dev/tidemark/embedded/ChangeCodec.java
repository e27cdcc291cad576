package dev.tidemark.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * Changes as JSON records of a compacted topic: the key names what is set, the value is its last
 * setting, no value means it is gone. The record types are named as in Confluent's registry; the
 * topics of the two are not interchangeable.
 */
final class ChangeCodec {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One record.
   *
   * @param value null for a tombstone
   */
  record Entry(String key, String value) {}

  private ChangeCodec() {}

  static Entry encode(Change change) {
    if (change instanceof Change.Stored stored) {
      StoredSchema schema = stored.schema();
      return new Entry(
          json(key("SCHEMA").put("subject", schema.subject()).put("version", schema.version())),
          json(
              JSON.createObjectNode()
                  .put("id", schema.id())
                  .put("schema", schema.text())
                  .put("deleted", schema.deleted())));
    }
    if (change instanceof Change.Erased erased) {
      return new Entry(
          json(key("SCHEMA").put("subject", erased.subject()).put("version", erased.version())),
          null);
    }
    if (change instanceof Change.IdsUsed used) {
      return new Entry(
          json(key("IDS_USED")), json(JSON.createObjectNode().put("highest", used.highest())));
    }
    if (change instanceof Change.LevelSet set) {
      return setting("CONFIG", set.subject(), "compatibilityLevel", set.level());
    }
    Change.ModeSet set = (Change.ModeSet) change;
    return setting("MODE", set.subject(), "mode", set.mode());
  }

  /**
   * Reads a record back.
   *
   * @throws IOException when it is not one of ours
   */
  static Change decode(String key, String value) throws IOException {
    JsonNode what = JSON.readTree(key == null ? "" : key);
    JsonNode now = value == null ? null : JSON.readTree(value);
    String subject = what.path("subject").asText();
    try {
      return switch (what.path("keytype").asText()) {
        case "SCHEMA" -> schema(subject, what.path("version").asInt(), now);
        case "IDS_USED" -> new Change.IdsUsed(now == null ? 0 : now.path("highest").asInt());
        case "CONFIG" ->
            new Change.LevelSet(
                subject,
                now == null
                    ? null
                    : CompatibilityLevel.valueOf(now.path("compatibilityLevel").asText()));
        case "MODE" ->
            new Change.ModeSet(
                subject, now == null ? null : RegistryMode.valueOf(now.path("mode").asText()));
        default -> throw new IOException("unknown record type");
      };
    } catch (IllegalArgumentException e) {
      throw new IOException("unknown setting", e);
    }
  }

  private static Change schema(String subject, int version, JsonNode now) {
    if (now == null) {
      return new Change.Erased(subject, version);
    }
    return new Change.Stored(
        new StoredSchema(
            subject,
            version,
            now.path("id").asInt(),
            now.path("schema").asText(),
            now.path("deleted").asBoolean()));
  }

  private static Entry setting(String type, String subject, String name, Enum<?> setting) {
    return new Entry(
        json(key(type).put("subject", subject)),
        setting == null ? null : json(JSON.createObjectNode().put(name, setting.name())));
  }

  private static ObjectNode key(String type) {
    return JSON.createObjectNode().put("keytype", type);
  }

  private static String json(ObjectNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON of the registry cannot be written", e);
    }
  }
}
