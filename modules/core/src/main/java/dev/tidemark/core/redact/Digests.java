package dev.tidemark.core.redact;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Keeps ids that had to be shortened apart. */
final class Digests {
  private static final int DIGEST_HEX = 16;

  private Digests() {}

  /**
   * {@code kept} when it says as much as {@code original}; when it was cut, a shorter one that ends
   * with a digest of the original, so that two ids with the same beginning stay two.
   */
  static String keepDistinct(String kept, String original) {
    if (kept.equals(Characters.escape(original.strip()))) {
      return kept;
    }
    String digest = sha256(original).substring(0, DIGEST_HEX);
    return Characters.cap(kept, TextCleaner.MOST_BYTES - DIGEST_HEX - 1) + "~" + digest;
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
