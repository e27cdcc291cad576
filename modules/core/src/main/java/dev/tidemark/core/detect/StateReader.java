package dev.tidemark.core.detect;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads what {@link StateWriter} wrote, in the same order. */
final class StateReader {
  private final ByteBuffer bytes;

  StateReader(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  /** Reader behind the format byte that every stored state begins with. */
  static StateReader of(byte[] bytes, int format) {
    StateReader in = new StateReader(bytes);
    if (in.whole() != format) {
      throw new IllegalStateException(
          "stored detector state has an unknown format: reset the state of the detect role");
    }
    return in;
  }

  long whole() {
    long value = 0;
    int shift = 0;
    byte next = bytes.get();
    while ((next & 0x80) != 0) {
      value |= (next & 0x7FL) << shift;
      shift += 7;
      next = bytes.get();
    }
    value |= (next & 0x7FL) << shift;
    return (value >>> 1) ^ -(value & 1);
  }

  int count() {
    return Math.toIntExact(whole());
  }

  boolean flag() {
    return whole() != 0;
  }

  double real() {
    return bytes.getDouble();
  }

  String text() {
    byte[] utf8 = new byte[count()];
    bytes.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
