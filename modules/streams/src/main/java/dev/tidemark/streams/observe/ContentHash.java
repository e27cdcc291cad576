package dev.tidemark.streams.observe;

/** 64-bit FNV-1a over a value without its five-byte registry prefix. */
final class ContentHash {
  private static final int PREFIX = 5;

  private ContentHash() {}

  static long of(byte[] value) {
    long h = 0xcbf29ce484222325L;
    for (int i = PREFIX; i < value.length; i++) {
      h = (h ^ (value[i] & 0xff)) * 0x100000001b3L;
    }
    return h;
  }
}
