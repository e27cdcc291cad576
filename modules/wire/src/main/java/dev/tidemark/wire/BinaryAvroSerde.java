package dev.tidemark.wire;

import dev.tidemark.records.TrustedRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Avro binary without a registry, for state stores: one format byte (1), then the record in its own
 * schema. The same record always gives the same bytes when its maps are sorted.
 */
public final class BinaryAvroSerde<T extends SpecificRecord> implements Serde<T> {
  private static final byte FORMAT = 1;
  private final Class<T> type;

  private BinaryAvroSerde(Class<T> type) {
    this.type = type;
  }

  /** A serde for one generated record type. */
  public static <T extends SpecificRecord> BinaryAvroSerde<T> of(Class<T> type) {
    TrustedRecords.trust();
    SpecificData.getForClass(type).setCustomCoders(true);
    return new BinaryAvroSerde<>(type);
  }

  /** A record in Avro binary, without the format byte. */
  byte[] datum(T record) {
    byte[] stored = serializer().serialize("", record);
    return Arrays.copyOfRange(stored, 1, stored.length);
  }

  /** What this serde would store for a datum in Avro binary. */
  public static byte[] stored(byte[] datum) {
    byte[] stored = new byte[datum.length + 1];
    stored[0] = FORMAT;
    System.arraycopy(datum, 0, stored, 1, datum.length);
    return stored;
  }

  @Override
  public Serializer<T> serializer() {
    var writer = new SpecificDatumWriter<T>(SpecificData.get().getSchema(type));
    return (topic, value) -> value == null ? null : write(writer, value);
  }

  @Override
  public Deserializer<T> deserializer() {
    var reader = new SpecificDatumReader<T>(SpecificData.get().getSchema(type));
    return (topic, bytes) -> bytes == null ? null : read(reader, bytes);
  }

  private static <T> byte[] write(SpecificDatumWriter<T> writer, T value) {
    try {
      var out = new ByteArrayOutputStream(256);
      out.write(FORMAT);
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
      writer.write(value, encoder);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private T read(SpecificDatumReader<T> reader, byte[] bytes) {
    if (bytes.length == 0 || bytes[0] != FORMAT) {
      throw new SerializationException(
          "stored " + type.getSimpleName() + " has an unknown format: reset the state directory");
    }
    try {
      return reader.read(
          null, DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, null));
    } catch (IOException e) {
      throw new SerializationException("stored " + type.getSimpleName() + " cannot be read", e);
    }
  }
}
