package dev.tidemark.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads the values of a topic field by field without making objects. The bytes of a writer's schema
 * that is ours, or as flat as ours, are read where they are; everything else goes through Avro and
 * gives the same fields and the same refusals. Not thread-safe.
 */
public final class FlatRecords<T extends SpecificRecord> {
  private final Class<T> type;
  private final Deserializer<T> avro;
  private final SchemaRegistryClient registry;
  private final Schema schema;
  private final FlatReader own;
  private final Map<Integer, Optional<FlatReader>> readers = new HashMap<>();
  private final FlatRecord record;
  private int lastId = -1;
  private FlatReader last;

  public FlatRecords(AvroSerdes serdes, Class<T> type) {
    this.type = type;
    this.avro = serdes.value(type).deserializer();
    this.registry = serdes.registry();
    this.schema = SpecificData.get().getSchema(type);
    this.own = FlatReader.of(schema, schema).orElseThrow();
    this.record = new FlatRecord(schema.getFields().size());
  }

  /** Position of a field by name. */
  public int field(String name) {
    return schema.getField(name).pos();
  }

  /**
   * The record in a value; valid until the next call.
   *
   * @throws RecordFormatException when the value is poison
   * @throws RegistryUnavailableException when the registry is out
   */
  public FlatRecord read(String topic, Headers headers, byte[] value) {
    boolean framed = value != null && headers.lastHeader(RecordFrame.header(false)) == null;
    FlatReader reader = framed ? reader(value) : null;
    if (reader == null || !reader.read(value, RecordFrame.PREFIX, record)) {
      throughAvro(avro.deserialize(topic, headers, value));
    }
    return record;
  }

  /** The same for a record that was decoded before. */
  public FlatRecord of(T decoded) {
    throughAvro(decoded);
    return record;
  }

  private FlatReader reader(byte[] value) {
    if (value.length <= RecordFrame.PREFIX || value[0] != 0) {
      return null;
    }
    int id = ByteBuffer.wrap(value).getInt(1);
    if (id != lastId) {
      Optional<FlatReader> known = readers.get(id);
      if (known == null) {
        known = make(id);
      }
      if (known.isEmpty()) {
        return null;
      }
      last = known.get();
      lastId = id;
    }
    return last;
  }

  private Optional<FlatReader> make(int id) {
    Schema writer;
    try {
      writer = registry.schemaById(id);
    } catch (RecordFormatException e) {
      return Optional.empty(); // Avro's way refuses it with a reason; the id may be known later.
    }
    Optional<FlatReader> made = FlatReader.of(writer, schema);
    readers.put(id, made);
    return made;
  }

  private void throughAvro(T decoded) {
    try {
      var out = new ByteArrayOutputStream(512);
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
      new SpecificDatumWriter<>(type).write(decoded, encoder);
      encoder.flush();
      if (!own.read(out.toByteArray(), 0, record)) {
        throw new IllegalStateException("own " + type.getSimpleName() + " cannot be read back");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
