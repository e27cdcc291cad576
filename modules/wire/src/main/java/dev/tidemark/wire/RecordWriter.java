package dev.tidemark.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Encodes records of one schema for one schema id. When the registry's schema is another one than
 * the record's, fields are matched by name, not by place, through Avro's resolution. Thread-safe.
 */
final class RecordWriter {
  private static final int KEPT_BUFFER = 64 * 1024;

  private final byte[] prefix = new byte[RecordFrame.PREFIX];
  private final Schema own;
  private final Schema target;
  private final DatumWriter<Object> fast;
  private final DatumWriter<Object> specific;
  private final DatumWriter<Object> generic;
  private final ThreadLocal<Buffer> buffers = ThreadLocal.withInitial(Buffer::new);

  /**
   * @param id id to write
   * @param own schema of the records
   * @param target schema of the id, or null when it is the records' own
   */
  RecordWriter(int id, Schema own, Schema target, boolean logicalTypes) {
    RecordFrame.prefix(id, prefix);
    this.own = own;
    this.target = target == null || target.equals(own) ? null : target;
    this.fast = new SpecificDatumWriter<>(own, generated(own));
    this.specific = new SpecificDatumWriter<>(own);
    this.generic = new GenericDatumWriter<>(own, LogicalTypes.data(logicalTypes));
  }

  /** Generated classes write themselves where they can: the same bytes in half the time. */
  private static SpecificData generated(Schema schema) {
    SpecificData known = SpecificData.getForSchema(schema);
    SpecificData data = new SpecificData(known.getClassLoader());
    known.getConversions().forEach(data::addLogicalTypeConversion);
    data.setCustomCoders(true);
    return data;
  }

  byte[] write(IndexedRecord value) {
    if (value instanceof SpecificRecord && target == null) {
      try {
        return encode(fast, value, prefix);
      } catch (NullPointerException | AvroRuntimeException | ClassCastException | IOException e) {
        // The writer below fails too, and says at which field.
        return writeOrTell(value);
      }
    }
    return writeOrTell(value);
  }

  private byte[] writeOrTell(IndexedRecord value) {
    DatumWriter<Object> writer = value instanceof SpecificRecord ? specific : generic;
    try {
      return target == null ? encode(writer, value, prefix) : convert(writer, value);
    } catch (NullPointerException e) {
      // Avro's message names the path of the null and holds no payload.
      throw new SerializationException(own.getFullName() + " is incomplete: " + e.getMessage(), e);
    } catch (AvroRuntimeException | ClassCastException | IOException e) {
      // Avro's messages may quote the value: name the kind of the error only.
      throw new SerializationException(
          own.getFullName() + " does not fit its schema: " + e.getClass().getSimpleName());
    }
  }

  private byte[] convert(DatumWriter<Object> writer, IndexedRecord value) throws IOException {
    byte[] bytes = encode(writer, value, new byte[0]);
    var reader = new GenericDatumReader<Object>(own, target, new GenericData());
    Object converted = reader.read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    return encode(new GenericDatumWriter<>(target), converted, prefix);
  }

  private byte[] encode(DatumWriter<Object> writer, Object value, byte[] before)
      throws IOException {
    Buffer buffer = buffers.get();
    if (buffer.out.size() > KEPT_BUFFER) {
      buffer = new Buffer();
      buffers.set(buffer);
    }
    buffer.out.reset();
    buffer.out.write(before, 0, before.length);
    buffer.encoder = EncoderFactory.get().binaryEncoder(buffer.out, buffer.encoder);
    writer.write(value, buffer.encoder);
    buffer.encoder.flush();
    return buffer.out.toByteArray();
  }

  private static final class Buffer {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    private BinaryEncoder encoder;
  }
}
