package dev.tidemark.ingest.otlp;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Keys and names that come with every span, made once. A fixed number of places; a name that is not
 * at its place is made anew and takes it. Thread-safe.
 */
final class Names {
  private static final int PLACES = 1 << 12;
  private static final int LONGEST = 96;
  private static final AtomicReferenceArray<String> KNOWN = new AtomicReferenceArray<>(PLACES);

  private Names() {}

  static String of(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length == 0) {
      return "";
    }
    if (length > LONGEST) {
      return new String(bytes, from, length, StandardCharsets.UTF_8);
    }
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
    String known = KNOWN.get(place);
    if (known != null && isSame(known, bytes, from, length)) {
      return known;
    }
    String name = new String(bytes, from, length, StandardCharsets.UTF_8);
    KNOWN.set(place, name);
    return name;
  }

  /** Never true for names beyond ASCII, whose bytes are below 0 and their letters are not. */
  private static boolean isSame(String known, byte[] bytes, int from, int length) {
    if (known.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (known.charAt(i) != bytes[from + i]) {
        return false;
      }
    }
    return true;
  }
}
