package dev.tidemark.wire;

import dev.tidemark.wire.RecordFormatException.Reason;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Walks Avro binary without building anything, so that the decoder only ever sees bytes that are a
 * whole record: every declared length fits the bytes that are left, counts of items that take no
 * bytes are limited, nesting is limited, and nothing is left over. Avro's own limits stop most of
 * this as runtime exceptions of many kinds; a recursive schema still overflows its stack.
 */
final class AvroShape {
  static final int MAX_DEPTH = 64;
  static final int MAX_LENGTH = 64 * 1024 * 1024;
  static final int MAX_EMPTY_ITEMS = 65_536;

  private final byte[] bytes;
  private int position;
  private int depth;
  private long emptyItems;

  private AvroShape(byte[] bytes, int from) {
    this.bytes = bytes;
    this.position = from;
  }

  /**
   * Checks that {@code bytes} from {@code from} on are exactly one datum of {@code writer}.
   *
   * @throws RecordFormatException when they are not
   */
  static void check(Schema writer, byte[] bytes, int from) {
    var shape = new AvroShape(bytes, from);
    shape.walk(writer);
    int left = bytes.length - shape.position;
    if (left > 0) {
      throw new RecordFormatException(
          Reason.TRAILING_BYTES, left + " bytes are left after " + writer.getFullName());
    }
  }

  private void walk(Schema schema) {
    switch (schema.getType()) {
      case NULL -> {}
      case BOOLEAN -> skip(1);
      case FLOAT -> skip(4);
      case DOUBLE -> skip(8);
      case FIXED -> skip(schema.getFixedSize());
      case INT -> varint(5);
      case LONG -> varint(10);
      case ENUM -> index(schema.getEnumSymbols().size());
      case STRING, BYTES -> skip(length());
      case UNION -> {
        List<Schema> branches = schema.getTypes();
        walk(branches.get(index(branches.size())));
      }
      case RECORD -> {
        enter();
        for (Schema.Field field : schema.getFields()) {
          walk(field.schema());
        }
        depth--;
      }
      case ARRAY -> blocks(schema.getElementType(), false);
      case MAP -> blocks(schema.getValueType(), true);
    }
  }

  private void blocks(Schema item, boolean keyed) {
    enter();
    for (long count = varint(10); count != 0; count = varint(10)) {
      if (count < 0) {
        count = count == Long.MIN_VALUE ? Long.MAX_VALUE : -count;
        length();
      }
      for (long i = 0; i < count; i++) {
        int before = position;
        if (keyed) {
          skip(length());
        }
        walk(item);
        if (position == before && ++emptyItems > MAX_EMPTY_ITEMS) {
          throw new RecordFormatException(
              Reason.LENGTH_LIMIT,
              "more than " + MAX_EMPTY_ITEMS + " items of no bytes are declared");
        }
      }
    }
    depth--;
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw new RecordFormatException(
          Reason.TOO_DEEP, "values are nested deeper than " + MAX_DEPTH);
    }
  }

  private int length() {
    long length = varint(10);
    if (length < 0) {
      throw new RecordFormatException(Reason.MALFORMED, "a declared length is negative");
    }
    if (length > MAX_LENGTH) {
      throw new RecordFormatException(
          Reason.LENGTH_LIMIT,
          "a length of " + length + " bytes is declared, the limit is " + MAX_LENGTH);
    }
    return (int) length;
  }

  private int index(int size) {
    long index = varint(5);
    if (index < 0 || index >= size) {
      throw new RecordFormatException(
          Reason.MALFORMED, "choice " + index + " of a union or enum with " + size);
    }
    return (int) index;
  }

  private long varint(int maxBytes) {
    long value = 0;
    for (int i = 0; i < maxBytes; i++) {
      if (position >= bytes.length) {
        throw truncated(1);
      }
      byte b = bytes[position++];
      value |= (long) (b & 0x7f) << (7 * i);
      if (b >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new RecordFormatException(
        Reason.MALFORMED, "a number is longer than " + maxBytes + " bytes");
  }

  private void skip(int count) {
    if (count > bytes.length - position) {
      throw truncated(count);
    }
    position += count;
  }

  private RecordFormatException truncated(int needed) {
    return new RecordFormatException(
        Reason.TRUNCATED,
        "the record ends after "
            + bytes.length
            + " bytes where "
            + needed
            + " more are needed and "
            + (bytes.length - position)
            + " are left");
  }
}
