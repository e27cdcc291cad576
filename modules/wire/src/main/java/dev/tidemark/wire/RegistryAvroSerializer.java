package dev.tidemark.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.wire.SchemaRegistryClient.RegisteredSchema;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes Avro records in Confluent's wire format and takes Confluent's settings ({@link
 * AvroConfig}), byte for byte what {@code KafkaAvroSerializer} writes. Thread-safe once configured;
 * the first record of a schema asks the registry, all others only encode.
 *
 * <p>Throws {@link RegistryUnavailableException} (try again), {@link SchemaRefusedException}
 * (somebody has to act), or {@link SerializationException} for a record that does not fit its own
 * schema.
 */
public final class RegistryAvroSerializer<T> implements Serializer<T> {
  private static final int CACHED = 1_000;
  private static final String JAVA_STRING = "avro.java.string";

  private final Map<Plan, RecordWriter> writers = new ConcurrentHashMap<>();
  private AvroConfig config;
  private SchemaRegistryClient registry;
  private SubjectNaming naming;
  private boolean key;

  @Override
  public void configure(Map<String, ?> settings, boolean isKey) {
    config = new AvroConfig(settings);
    registry = SchemaRegistryClient.open(settings);
    naming = config.naming(isKey);
    key = isKey;
  }

  @Override
  public byte[] serialize(String topic, T data) {
    if (data == null) {
      return null;
    }
    if (config == null) {
      throw new IllegalStateException("serializer is not configured: call configure first");
    }
    if (!(data instanceof IndexedRecord value)) {
      throw new SerializationException(
          data.getClass().getName() + " is not an Avro record: send a generated or generic record");
    }
    return writer(topic, value.getSchema()).write(value);
  }

  @Override
  public byte[] serialize(String topic, Headers headers, T data) {
    return serialize(topic, data);
  }

  private RecordWriter writer(String topic, Schema schema) {
    var plan = new Plan(topic, schema);
    RecordWriter known = writers.get(plan);
    if (known != null) {
      return known;
    }
    RecordWriter made = plan(topic, schema);
    if (writers.size() >= CACHED) {
      writers.clear();
    }
    writers.put(plan, made);
    return made;
  }

  private RecordWriter plan(String topic, Schema own) {
    Schema offered = config.getBoolean(AvroConfig.REMOVE_JAVA) ? withoutJava(own) : own;
    String subject = naming.subject(topic, key, offered);
    boolean normalize = config.getBoolean(AvroConfig.NORMALIZE);
    boolean logical = config.getBoolean(AvroConfig.LOGICAL_TYPES);
    if (config.getBoolean(AvroConfig.AUTO_REGISTER)) {
      return new RecordWriter(registry.register(subject, offered, normalize), own, null, logical);
    }
    int chosen = config.getInt(AvroConfig.USE_ID);
    if (chosen >= 0) {
      Schema target = chosen(chosen);
      fit(own, target, AvroConfig.ID_STRICT, "schema id " + chosen);
      return new RecordWriter(chosen, own, target, logical);
    }
    if (config.getBoolean(AvroConfig.USE_LATEST)) {
      RegisteredSchema latest = registry.latest(subject);
      fit(own, latest.schema(), AvroConfig.LATEST_STRICT, "the latest schema of " + subject);
      return new RecordWriter(latest.id(), own, latest.schema(), logical);
    }
    return new RecordWriter(registry.idFor(subject, offered, normalize), own, null, logical);
  }

  private Schema chosen(int id) {
    try {
      return registry.schemaById(id);
    } catch (RecordFormatException e) {
      throw new SchemaRefusedException(
          AvroConfig.USE_ID + "=" + id + " is not in the registry: register the schema first");
    }
  }

  private void fit(Schema own, Schema target, String setting, String what) {
    boolean strict = config.getBoolean(setting);
    if (strict
        && SchemaCompatibility.checkReaderWriterCompatibility(target, own).getType()
            != SchemaCompatibilityType.COMPATIBLE) {
      throw new SchemaRefusedException(
          what
              + " cannot read "
              + own.getFullName()
              + " as this program writes it: register a compatible schema or set "
              + setting
              + "=false");
    }
  }

  /** The same schema in neutral language: without {@code avro.java.string}. */
  static Schema withoutJava(Schema schema) {
    try {
      JsonNode tree = RegistryHttp.mapper().readTree(schema.toString());
      removeJava(tree);
      return new Schema.Parser().setValidateDefaults(false).parse(tree.toString());
    } catch (JsonProcessingException e) {
      throw new SerializationException("schema " + schema.getFullName() + " is not JSON", e);
    }
  }

  private static void removeJava(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(JAVA_STRING);
    }
    node.forEach(RegistryAvroSerializer::removeJava);
  }

  private record Plan(String topic, Schema schema) {}
}
