package dev.tidemark.capture;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Ids as W3C Trace Context wants them: random, lower-case hex, never all zero. */
final class RandomIds {
  private RandomIds() {}

  /** 32 hex digits. */
  static String trace() {
    return part() + part();
  }

  /** 16 hex digits. */
  static String part() {
    long id = 0;
    while (id == 0) {
      id = ThreadLocalRandom.current().nextLong();
    }
    return HexFormat.of().toHexDigits(id);
  }
}
