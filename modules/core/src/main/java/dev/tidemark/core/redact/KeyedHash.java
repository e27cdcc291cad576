package dev.tidemark.core.redact;

import dev.tidemark.core.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 under a key of the deployment, cut to 128 bits, as 32 hex digits: equal arguments
 * get equal hashes, and without the key a hash tells nothing, not even to somebody who tries every
 * likely argument. Producers that shall recognise each other's arguments share the key.
 * Thread-safe.
 */
public final class KeyedHash {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SHORTEST_KEY = 16;
  private static final int HEX_DIGITS = 32;
  private static final int LONGEST_JSON = 1 << 16;
  private final SecretKeySpec key;

  private KeyedHash(SecretKeySpec key) {
    this.key = key;
  }

  /**
   * A hash under {@code key}.
   *
   * @throws IllegalArgumentException when the key has fewer than 16 bytes
   */
  public static KeyedHash of(byte[] key) {
    if (key.length < SHORTEST_KEY) {
      throw new IllegalArgumentException(
          "hash key has "
              + key.length
              + " bytes: give at least "
              + SHORTEST_KEY
              + " random bytes, such as the output of 'openssl rand 32'");
    }
    return new KeyedHash(new SecretKeySpec(key, ALGORITHM));
  }

  /**
   * Hash of a JSON text by its meaning ({@link CanonicalJson}): spaces, order of members and
   * spelling of numbers do not matter. A text that is no JSON, or longer than 65,536 characters, is
   * hashed as it is.
   */
  public String json(String json) {
    if (json.length() > LONGEST_JSON) {
      return text(json);
    }
    try {
      return text(CanonicalJson.of(json));
    } catch (IllegalArgumentException notJson) {
      return text(json);
    }
  }

  /** Hash of a text as it is. */
  public String text(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] code = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(code).substring(0, HEX_DIGITS);
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
