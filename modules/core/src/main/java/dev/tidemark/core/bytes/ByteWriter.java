package dev.tidemark.core.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes compact binary: numbers as Avro writes them (zigzag, then seven bits a byte), text as its
 * length and UTF-8. Grows as needed and can be used again. Not thread-safe.
 */
public final class ByteWriter {
  private byte[] bytes;
  private int size;

  public ByteWriter() {
    this(256);
  }

  /**
   * A writer with room.
   *
   * @param bytes how much is expected
   */
  public ByteWriter(int bytes) {
    this.bytes = new byte[Math.max(16, bytes)];
  }

  /** A number, one byte when it is between -64 and 63. */
  public ByteWriter number(long value) {
    return unsigned((value << 1) ^ (value >> 63));
  }

  /** A number that is never negative, one byte when it is below 128. */
  public ByteWriter unsigned(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  /** One byte. */
  public ByteWriter one(int value) {
    room(1);
    bytes[size++] = (byte) value;
    return this;
  }

  /** Eight bytes, big-endian. */
  public ByteWriter fixed(long value) {
    room(Long.BYTES);
    ByteBuffer.wrap(bytes).putLong(size, value);
    size += Long.BYTES;
    return this;
  }

  /** Text as Avro writes it. */
  public ByteWriter text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return number(utf8.length).raw(utf8, 0, utf8.length);
  }

  /** Text or null as Avro writes an optional string. */
  public ByteWriter optional(String text) {
    return text == null ? one(0) : one(2).text(text);
  }

  /** Bytes as they are. */
  public ByteWriter raw(byte[] from, int start, int length) {
    room(length);
    System.arraycopy(from, start, bytes, size, length);
    size += length;
    return this;
  }

  /** Bytes as they are. */
  public ByteWriter raw(byte[] from) {
    return raw(from, 0, from.length);
  }

  /** What another writer holds. */
  public ByteWriter raw(ByteWriter other) {
    return raw(other.bytes, 0, other.size);
  }

  /** Number of bytes written. */
  public int size() {
    return size;
  }

  /** Overwrites eight bytes that were written before. */
  public void fixedAt(int at, long value) {
    ByteBuffer.wrap(bytes).putLong(at, value);
  }

  /** Starts over. */
  public ByteWriter reset() {
    size = 0;
    return this;
  }

  /** A copy of what was written. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
