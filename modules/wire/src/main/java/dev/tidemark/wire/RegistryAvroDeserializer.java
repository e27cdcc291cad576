package dev.tidemark.wire;

import dev.tidemark.wire.RecordFormatException.Reason;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads Avro records in Confluent's wire format and takes Confluent's settings ({@link
 * AvroConfig}). The writer's schema comes from the registry; Avro resolves it to the reader's: the
 * class of {@link AvroConfig#TYPE}, else the generated class of the writer's name ({@code
 * specific.avro.reader=true}), else the writer's own schema as a generic record. Thread-safe once
 * configured.
 *
 * <p>Throws {@link RecordFormatException} for poison and {@link RegistryUnavailableException} for
 * an outage, and nothing else that depends on the bytes.
 */
public final class RegistryAvroDeserializer<T> implements Deserializer<T> {
  private static final int CACHED = 1_000;

  private final Map<Object, RecordReader> readers = new ConcurrentHashMap<>();
  private SchemaRegistryClient registry;
  private Class<?> type;
  private boolean specific;
  private boolean logicalTypes;
  private boolean key;

  @Override
  public void configure(Map<String, ?> settings, boolean isKey) {
    var config = new AvroConfig(settings);
    registry = SchemaRegistryClient.open(settings);
    type = config.getClass(AvroConfig.TYPE);
    specific = config.getBoolean(AvroConfig.SPECIFIC);
    logicalTypes = config.getBoolean(AvroConfig.LOGICAL_TYPES);
    key = isKey;
  }

  @Override
  public T deserialize(String topic, byte[] data) {
    return deserialize(topic, null, data);
  }

  @Override
  public T deserialize(String topic, Headers headers, byte[] data) {
    if (data == null) {
      return null;
    }
    if (registry == null) {
      throw new IllegalStateException("deserializer is not configured: call configure first");
    }
    RecordFrame frame = RecordFrame.of(topic, key, headers, data);
    if (frame.start() == data.length) {
      throw new RecordFormatException(
          Reason.TRUNCATED, "a record on " + topic + " ends after its schema id");
    }
    try {
      @SuppressWarnings("unchecked") // Kafka names serdes in settings, so T is the caller's word.
      T value = (T) reader(frame).read(data, frame.start());
      return value;
    } catch (StackOverflowError e) {
      throw new RecordFormatException(
          Reason.TOO_DEEP, "a record on " + topic + " is nested too deeply");
    }
  }

  private RecordReader reader(RecordFrame frame) {
    Object id = frame.id() != null ? frame.id() : frame.guid();
    RecordReader known = readers.get(id);
    if (known != null) {
      return known;
    }
    Schema writer =
        frame.id() != null ? registry.schemaById(frame.id()) : registry.schemaByGuid(frame.guid());
    RecordReader made = RecordReader.of(writer, type, specific, logicalTypes);
    if (readers.size() >= CACHED) {
      readers.clear();
    }
    readers.put(id, made);
    return made;
  }
}
