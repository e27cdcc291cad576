package dev.tidemark.ingest.otlp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Keys and names that come with every span, made once. A fixed number of places; a name that is not
 * at its place is made anew and takes it. Thread-safe.
 */
final class Names {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int BITS = 12;
  private static final int LONGEST = 96;
  private static final long MIX = 0x9e3779b97f4a7c15L;
  private static final AtomicReferenceArray<Name> KNOWN = new AtomicReferenceArray<>(1 << BITS);

  private Names() {}

  static String of(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length == 0) {
      return "";
    }
    if (length > LONGEST) {
      return new String(bytes, from, length, StandardCharsets.UTF_8);
    }
    long hash = length >= Long.BYTES ? hash(bytes, from, to) : shortHash(bytes, from, to);
    int place = (int) (hash >>> (Long.SIZE - BITS));
    Name known = KNOWN.getPlain(place);
    if (known != null && known.hash == hash && known.isIn(bytes, from, to)) {
      return known.text;
    }
    Name name = new Name(Arrays.copyOfRange(bytes, from, to), hash);
    KNOWN.setRelease(place, name);
    return name.text;
  }

  /** Eight bytes at a time; the last eight overlap those before them. */
  private static long hash(byte[] bytes, int from, int to) {
    long hash = (long) to - from;
    int last = to - Long.BYTES;
    for (int i = from; i < last; i += Long.BYTES) {
      hash = mixed(hash ^ (long) LONGS.get(bytes, i));
    }
    return mixed(hash ^ (long) LONGS.get(bytes, last));
  }

  private static long shortHash(byte[] bytes, int from, int to) {
    long word = 0;
    for (int i = from; i < to; i++) {
      word = word << Byte.SIZE | (bytes[i] & 0xff);
    }
    return mixed(word ^ (to - from));
  }

  private static long mixed(long value) {
    long product = value * MIX;
    return product ^ (product >>> 32);
  }

  /** A name as bytes and as text. Immutable, so that threads may pass it on without a lock. */
  private static final class Name {
    private final byte[] bytes;
    private final long hash;
    private final String text;

    private Name(byte[] bytes, long hash) {
      this.bytes = bytes;
      this.hash = hash;
      this.text = new String(bytes, StandardCharsets.UTF_8);
    }

    private boolean isIn(byte[] all, int from, int to) {
      return Arrays.equals(bytes, 0, bytes.length, all, from, to);
    }
  }
}
