package dev.tidemark.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Secrets that never were anybody's, in the form their issuers give them; always the same. */
final class Canaries {
  /** A secret, and a text that says it as people and programs do. */
  record Canary(String kind, String secret, String text) {
    /** What would be left if only the beginning of the secret were recognised. */
    String tail() {
      return secret.substring(secret.length() - Math.min(12, secret.length()));
    }
  }

  static final List<Canary> ALL = all();
  static final Set<String> KINDS = kinds();

  /** Bytes that are no record. */
  static final String POISON = "poison-sk-live-Zk3xQ9vT7mB2nL5pR8wY";

  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";

  private Canaries() {}

  private static List<Canary> all() {
    var random = new Random(40);
    var all = new ArrayList<Canary>();
    for (int i = 0; i < 4; i++) {
      add(all, "email", "canary." + key(random, 8) + "@mail" + i + ".example.com", "write to %s");
      add(all, "openai", "sk-proj-" + key(random, 40), "use %s");
      add(all, "aws", "AKIA" + key(random, 16).toUpperCase(java.util.Locale.ROOT), "id %s here");
      add(all, "github", "ghp_" + key(random, 36), "git clone with\n%s");
    }
    for (int i = 0; i < 3; i++) {
      add(all, "jwt", "eyJhbGciOiJIUzI1NiJ9." + key(random, 30) + "." + key(random, 43), "jwt %s");
      add(all, "password", key(random, 14), "{\"user\":\"u\",\"password\":\"%s\"}");
      add(all, "url", key(random, 16), "postgres://app:%s@db.internal:5432/app");
      add(
          all,
          "slack",
          "T" + key(random, 8) + "/B" + key(random, 8) + "/" + key(random, 24),
          "post to https://hooks.slack.com/services/%s");
      add(all, "bearer", key(random, 40), "Authorization: Bearer %s");
      add(
          all,
          "pem",
          key(random, 64),
          "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----");
    }
    String[] cards = {"4929 1234 5678 9015", "5425233430109903", "374245455400126"};
    String[] ibans = {
      "DE89370400440532013000", "GB82 WEST 1234 5698 7654 32", "FR1420041010050500013M02606"
    };
    for (String card : cards) {
      add(all, "card", card, "charge %s today");
    }
    for (String iban : ibans) {
      add(all, "iban", iban, "pay to %s, please");
    }
    return List.copyOf(all);
  }

  private static void add(List<Canary> all, String kind, String secret, String text) {
    all.add(new Canary(kind, secret, text.replace("%s", secret)));
  }

  private static Set<String> kinds() {
    var kinds = new TreeSet<String>();
    ALL.forEach(canary -> kinds.add(canary.kind()));
    return kinds;
  }

  /** Letters and digits, both. */
  private static String key(Random random, int length) {
    var key = new StringBuilder(length);
    for (int i = 0; i < length - 2; i++) {
      key.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return key.append(random.nextInt(10)).append('x').toString();
  }
}
