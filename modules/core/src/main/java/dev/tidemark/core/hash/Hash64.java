package dev.tidemark.core.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** 64-bit hashes that do not depend on the machine, the process or the JVM. */
public final class Hash64 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long M = 0xc6a4a7935bd1e995L;

  private Hash64() {}

  /** Finaliser of SplitMix64 (Steele, Lea, Flood 2014): every bit of the input counts. */
  public static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Hash of two longs. */
  public static long of(long a, long b) {
    return mix(a ^ mix(b));
  }

  /** Hash of a stretch of bytes, eight at a time; the rounds are those of MurmurHash64A. */
  public static long of(byte[] bytes, int from, int to) {
    long h = (to - from) * M;
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      h = round(h, (long) LONGS.get(bytes, at));
    }
    if (at < to) {
      long rest = 0;
      for (int i = to - 1; i >= at; i--) {
        rest = (rest << 8) | (bytes[i] & 0xff);
      }
      h = round(h, rest);
    }
    return mix(h);
  }

  private static long round(long h, long word) {
    long k = word * M;
    k ^= k >>> 47;
    return (h ^ (k * M)) * M;
  }
}
