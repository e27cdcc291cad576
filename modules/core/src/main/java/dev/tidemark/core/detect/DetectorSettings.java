package dev.tidemark.core.detect;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/**
 * What a team may set about detection. Immutable.
 *
 * @param budget how many false alerts the deployment accepts, and how they are shared
 * @param expireAfter event time without data after which an episode is EXPIRED
 * @param supersedeAfter event time without data after which an episode is SUPERSEDED by a newer
 *     version of the subject
 * @param updateEvery shortest event time between two updates of an episode
 */
public record DetectorSettings(
    BudgetPlan budget, Duration expireAfter, Duration supersedeAfter, Duration updateEvery) {
  /** Id and version of the detector. */
  public static final String DETECTOR = "alert-budget-e-detector/1";

  public DetectorSettings {
    if (expireAfter.compareTo(supersedeAfter) < 0 || supersedeAfter.isNegative()) {
      throw new IllegalArgumentException(
          "expire after "
              + expireAfter
              + " is shorter than supersede after "
              + supersedeAfter
              + ": an episode must be able to be superseded before it expires");
    }
  }

  /** One false alert per day in the whole deployment; half of a partition's part for 250 series. */
  public static DetectorSettings defaults(int partitions) {
    return new DetectorSettings(
        new BudgetPlan(1, partitions, 250),
        Duration.ofHours(6),
        Duration.ofMinutes(15),
        Duration.ofMinutes(15));
  }

  /** First 16 hex digits of the SHA-256 of every setting and the version of the detector. */
  public String configHash() {
    return Hashes.hex(DETECTOR + '\n' + this).substring(0, 16);
  }

  /** Hexadecimal SHA-256 of texts. */
  static final class Hashes {
    private Hashes() {}

    static String hex(String text) {
      try {
        byte[] digest =
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("this Java has no SHA-256: use a complete Java 17", e);
      }
    }
  }
}
