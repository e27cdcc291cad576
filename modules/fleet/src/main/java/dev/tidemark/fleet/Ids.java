package dev.tidemark.fleet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids and seeds that depend on nothing but what is played. */
final class Ids {
  private Ids() {}

  /** 32 hex digits for a run under a salt. */
  static String trace(String runId, String salt) {
    return HexFormat.of().formatHex(digest(salt + '|' + runId), 0, 16);
  }

  /** 16 hex digits for a part of a trace. */
  static String part(String traceId, String what) {
    return HexFormat.of().formatHex(digest(traceId + '|' + what), 0, 8);
  }

  /** A seed for the chances of one run under a salt. */
  static long seed(String runId, String salt) {
    return ByteBuffer.wrap(digest(salt + "|seed|" + runId)).getLong();
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
