package dev.tidemark.core.detect;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Compact, deterministic bytes of detector state: zig-zag varints, raw doubles, UTF-8. */
final class StateWriter {
  private byte[] bytes = new byte[512];
  private int size;

  StateWriter whole(long value) {
    room(10);
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  StateWriter flag(boolean value) {
    return whole(value ? 1 : 0);
  }

  StateWriter real(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalStateException("detector state is not finite: this is a bug, report it");
    }
    room(8);
    ByteBuffer.wrap(bytes, size, 8).putDouble(value);
    size += 8;
    return this;
  }

  StateWriter text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    whole(utf8.length);
    room(utf8.length);
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
    return this;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
