package dev.tidemark.testkit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids that keep the rules of tracing, from names that a test can be read with. */
public final class Ids {
  private static final int TRACE_DIGITS = 32;
  private static final int SPAN_DIGITS = 16;

  private Ids() {}

  /** Trace id of a name: 32 lower-case hex digits; a name that is one already stays. */
  public static String trace(String name) {
    return of(name, TRACE_DIGITS);
  }

  /** Span id of a name: 16 lower-case hex digits; a name that is one already stays. */
  public static String span(String name) {
    return of(name, SPAN_DIGITS);
  }

  private static String of(String name, int digits) {
    if (name.length() == digits && name.matches("[0-9a-f]+")) {
      return name;
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, digits);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
