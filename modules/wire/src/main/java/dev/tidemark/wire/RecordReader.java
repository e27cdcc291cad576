package dev.tidemark.wire;

import dev.tidemark.records.TrustedRecords;
import dev.tidemark.wire.RecordFormatException.Reason;
import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;

/** Decodes data of one writer's schema into one reader's schema. Thread-safe. */
final class RecordReader {
  private final Schema writer;
  private final Schema reader;
  private final DatumReader<Object> decoder;

  private RecordReader(Schema writer, Schema reader, DatumReader<Object> decoder) {
    this.writer = writer;
    this.reader = reader;
    this.decoder = decoder;
  }

  /**
   * @param expected generated class to deliver, or null
   * @param specific without {@code expected}: find the generated class by the writer's name
   */
  static RecordReader of(Schema writer, Class<?> expected, boolean specific, boolean logicalTypes) {
    TrustedRecords.trust();
    if (expected == null && !specific) {
      var data = LogicalTypes.data(logicalTypes);
      return new RecordReader(writer, writer, new GenericDatumReader<>(writer, writer, data));
    }
    Class<?> type = expected != null ? expected : SpecificData.get().getClass(writer);
    if (type == null) {
      throw new RecordFormatException(
          Reason.WRONG_SUBJECT, "there is no class for records named " + name(writer));
    }
    Schema reader = SpecificData.get().getSchema(type);
    if (!sameName(writer, reader)) {
      throw new RecordFormatException(
          Reason.WRONG_SUBJECT,
          "the record is a " + name(writer) + " where " + name(reader) + " is expected");
    }
    var decoder = new SpecificDatumReader<Object>(writer, reader, SpecificData.getForClass(type));
    return new RecordReader(writer, reader, decoder);
  }

  Object read(byte[] data, int start) {
    AvroShape.check(writer, data, start);
    try {
      var bytes = DecoderFactory.get().binaryDecoder(data, start, data.length - start, null);
      return decoder.read(null, bytes);
    } catch (AvroRuntimeException | IOException | ClassCastException e) {
      throw new RecordFormatException(
          Reason.MALFORMED,
          name(writer) + " as written cannot be read as " + name(reader) + " of this program",
          e);
    }
  }

  private static boolean sameName(Schema writer, Schema reader) {
    if (writer.getType() != reader.getType()) {
      return false;
    }
    return writer.getFullName().equals(reader.getFullName())
        || (reader.getType() == Schema.Type.RECORD
            && reader.getAliases().contains(writer.getFullName()));
  }

  private static String name(Schema schema) {
    return schema.getFullName();
  }
}
