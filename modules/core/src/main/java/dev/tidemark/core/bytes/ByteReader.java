package dev.tidemark.core.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link ByteWriter} wrote. Throws {@link IndexOutOfBoundsException} where the bytes end
 * too early. Not thread-safe.
 */
public final class ByteReader {
  private byte[] bytes = {};
  private int at;
  private int end;

  /** Reads {@code bytes[from, to)} from now on. */
  public ByteReader on(byte[] source, int from, int to) {
    bytes = source;
    at = from;
    end = to;
    return this;
  }

  /** A number. */
  public long number() {
    long raw = unsigned();
    return (raw >>> 1) ^ -(raw & 1);
  }

  /** A number that is an int. */
  public int whole() {
    return (int) number();
  }

  /** A number that is never negative. */
  public long unsigned() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = bytes[at++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IndexOutOfBoundsException("a number has no end");
  }

  /** One byte. */
  public int one() {
    return bytes[at++];
  }

  /** Eight bytes. */
  public long fixed() {
    long value = ByteBuffer.wrap(bytes).getLong(at);
    at += Long.BYTES;
    return value;
  }

  /** Text. */
  public String text() {
    int length = length();
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  /** Text or null. */
  public String optional() {
    return one() == 0 ? null : text();
  }

  /** A length that fits what is left. */
  public int length() {
    long length = number();
    if (length < 0 || length > end - at) {
      throw new IndexOutOfBoundsException(
          "a length of " + length + " with " + (end - at) + " left");
    }
    return (int) length;
  }

  /** Where the next byte stands. */
  public int position() {
    return at;
  }

  /** Leaves out bytes. */
  public void skip(int count) {
    at += count;
  }

  /** Bytes left. */
  public int left() {
    return end - at;
  }

  /** The bytes read from. */
  public byte[] source() {
    return bytes;
  }
}
