package dev.tidemark.ingest.otlp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Goes over the fields of one protobuf message inside the bytes of a request, copying nothing
 * (protobuf encoding: a varint tag of number and wire type, then the value). Not thread-safe.
 */
final class ProtoCursor {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final HexFormat HEX = HexFormat.of();
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int type;
  private long number;
  private int from;
  private int to;

  ProtoCursor(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  /** The number of the next field; 0 when there is none. */
  int next() throws Malformed {
    if (at == end) {
      return 0;
    }
    int tag = (int) varint();
    type = tag & 7;
    switch (type) {
      case VARINT -> number = varint();
      case FIXED64 -> {
        skip(Long.BYTES);
        number = (long) LONGS.get(bytes, at - Long.BYTES);
      }
      case BYTES -> {
        long length = varint();
        from = at;
        skip(length);
        to = at;
      }
      case FIXED32 -> skip(Integer.BYTES);
      default -> throw new Malformed("body is not protobuf; check the exporter");
    }
    if (tag >>> 3 == 0) {
      throw new Malformed("body is not protobuf; check the exporter");
    }
    return tag >>> 3;
  }

  private void skip(long length) throws Malformed {
    if (length < 0 || length > end - at) {
      throw new Malformed("body ends inside a protobuf field; check the exporter");
    }
    at += (int) length;
  }

  /** Most are one byte: tags, and lengths of keys. */
  private long varint() throws Malformed {
    if (at < end && bytes[at] >= 0) {
      return bytes[at++];
    }
    return longVarint();
  }

  private long longVarint() throws Malformed {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (at == end) {
        throw new Malformed("body ends inside a protobuf field; check the exporter");
      }
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new Malformed("body is not protobuf; check the exporter");
  }

  /** The value of a number, or 0 when the field is none. */
  long number() {
    return type == VARINT || type == FIXED64 ? number : 0;
  }

  /** Whether the field is text, bytes or a message. */
  boolean isBytes() {
    return type == BYTES;
  }

  /** Where the field's bytes begin. */
  int from() {
    return from;
  }

  /** Behind the field's last byte. */
  int to() {
    return to;
  }

  /** The fields of the message in this field; none when it holds none. */
  ProtoCursor message() {
    return new ProtoCursor(bytes, isBytes() ? from : 0, isBytes() ? to : 0);
  }

  /** The text in this field. */
  String text() {
    return isBytes() ? new String(bytes, from, to - from, StandardCharsets.UTF_8) : "";
  }

  /** The text in this field, which is one that comes again and again, such as a key. */
  String name() {
    return isBytes() ? Names.of(bytes, from, to) : "";
  }

  /** The bytes in this field, in hex. */
  String hex() {
    return isBytes() ? HEX.formatHex(bytes, from, to) : "";
  }
}
