package dev.tidemark.streams.observe;

import dev.tidemark.core.hash.Hash64;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Strings that were read a moment ago, found by their bytes, so that a text that comes again makes
 * no new object. As large as it is made, whatever comes. Not thread-safe.
 */
final class TextCache {
  private final byte[][] keys;
  private final String[] texts;

  TextCache(int slots) {
    keys = new byte[Integer.highestOneBit(slots)][];
    texts = new String[keys.length];
  }

  String of(byte[] bytes, int from, int to) {
    int slot = (int) Hash64.of(bytes, from, to) & (keys.length - 1);
    byte[] key = keys[slot];
    if (key == null || !Arrays.equals(key, 0, key.length, bytes, from, to)) {
      keys[slot] = Arrays.copyOfRange(bytes, from, to);
      texts[slot] = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
    return texts[slot];
  }
}
