package dev.tidemark.streams.observe;

import dev.tidemark.core.hash.Hash64;
import dev.tidemark.wire.FlatRecord;

/** Ids of traces and spans: hex digits where they stand, either case. */
final class Hex {
  private static final int DIGITS = 16;

  private Hex() {}

  /** Sixteen digits of an id of {@code length} digits. */
  static long id(FlatRecord r, int field, int from, String what, int length) throws Refused {
    if (r.length(field) != length) {
      throw bad(what, length);
    }
    long id = 0;
    int at = r.start(field) + from;
    for (int i = 0; i < DIGITS; i++) {
      int digit = digit(r.bytes()[at + i]);
      if (digit < 0) {
        throw bad(what, length);
      }
      id = (id << 4) | digit;
    }
    return id;
  }

  /** An optional span id: 0 when there is none or it is all zeros; a hash when it is not hex. */
  static long loose(FlatRecord r, int field) {
    int length = r.length(field);
    if (length == 0) {
      return 0;
    }
    long id = 0;
    boolean zeros = true;
    boolean hex = length == DIGITS;
    for (int i = 0; i < length; i++) {
      byte at = r.bytes()[r.start(field) + i];
      int digit = digit(at);
      zeros &= at == '0';
      hex &= digit >= 0;
      id = (id << 4) | (digit & 0xf);
    }
    if (zeros) {
      return 0;
    }
    return hex ? id : Hash64.of(r.bytes(), r.start(field), r.end(field));
  }

  static Refused bad(String what, int length) {
    return new Refused("BAD_ID", what + " is not " + length + " hex digits other than zeros");
  }

  private static int digit(byte at) {
    if (at >= '0' && at <= '9') {
      return at - '0';
    }
    int lower = at | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }
}
