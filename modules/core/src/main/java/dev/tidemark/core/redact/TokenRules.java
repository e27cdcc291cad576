package dev.tidemark.core.redact;

import static dev.tidemark.core.redact.SecretRule.hasDigit;
import static dev.tidemark.core.redact.SecretRule.isDigit;
import static dev.tidemark.core.redact.SecretRule.isUpper;
import static dev.tidemark.core.redact.SecretRule.run;
import static dev.tidemark.core.redact.SecretRule.wordEnds;

import java.util.List;

/** Credentials that are known by more than a prefix. Formats as their issuers document them. */
final class TokenRules {
  private static final int SHORTEST_BEARER = 8;
  private static final int SHORTEST_OTHER = 16;
  private static final int SHORTEST_JWT = 20;
  private static final int AWS_KEY_ID = 20;
  private static final int BOT_SECRET = 35;
  private static final int AZURE_SECRET = 37;
  private static final List<String> SCHEMES = List.of("bearer ", "basic ");
  private static final List<String> LONGER_SCHEMES = List.of("digest ", "token ", "apikey ");
  private static final List<String> AWS_PREFIXES = List.of("AKIA", "ASIA", "ABIA", "ACCA");

  private TokenRules() {}

  /** A value of an Authorization header: the scheme and the credentials behind it. */
  static int bearer(String text, int start) {
    int end = scheme(text, start, SCHEMES, SHORTEST_BEARER);
    return end >= 0 ? end : scheme(text, start, LONGER_SCHEMES, SHORTEST_OTHER);
  }

  private static int scheme(String text, int start, List<String> schemes, int shortest) {
    for (String scheme : schemes) {
      if (text.regionMatches(true, start, scheme, 0, scheme.length())) {
        int from = start + scheme.length();
        int end = run(text, from, "-._~+/=");
        boolean enough = end - from >= shortest;
        boolean mixed = hasDigit(text, from, end) || (shortest < 16 && hasUpper(text, from, end));
        return enough && mixed ? end : -1;
      }
    }
    return -1;
  }

  /** An AWS access key id: four known letters and sixteen capitals or digits. */
  static int awsKey(String text, int start) {
    for (String prefix : AWS_PREFIXES) {
      if (text.startsWith(prefix, start)) {
        int end = start;
        while (end < text.length() && (isUpper(text.charAt(end)) || isDigit(text.charAt(end)))) {
          end++;
        }
        return end - start == AWS_KEY_ID && wordEnds(text, end) ? end : -1;
      }
    }
    return -1;
  }

  /** A JSON Web Token (RFC 7519): its header always begins with the base64 of an open brace. */
  static int jwt(String text, int start) {
    if (!text.startsWith("eyJ", start)) {
      return -1;
    }
    int end = run(text, start, "-_.=");
    return end - start >= SHORTEST_JWT ? end : -1;
  }

  /**
   * A private key in PEM or PGP armour, from the words of its header to its end, if there is one.
   */
  static int privateKey(String text, int start) {
    if (!text.startsWith("BEGIN ", start)) {
      return -1;
    }
    int name = text.indexOf("PRIVATE KEY", start);
    if (name < 0 || name - start > 40) {
      return -1;
    }
    int end = text.indexOf("-----END ", name);
    int last = end < 0 ? -1 : text.indexOf("-----", end + 9);
    return last < 0 ? text.length() : last + 5;
  }

  /** A Telegram bot token: the number of the bot, a colon, 35 characters that begin with AA. */
  static int botToken(String text, int start) {
    int colon = start;
    while (colon < text.length() && isDigit(text.charAt(colon))) {
      colon++;
    }
    if (colon - start < 8 || colon - start > 10 || !text.startsWith(":AA", colon)) {
      return -1;
    }
    int end = run(text, colon + 1, "-_");
    return end - colon - 1 == BOT_SECRET ? end : -1;
  }

  /** A client secret of Microsoft Entra: three characters, a digit, {@code Q~}, 31 and more. */
  static int azureSecret(String text, int start) {
    boolean marked =
        start + AZURE_SECRET <= text.length()
            && isDigit(text.charAt(start + 3))
            && text.startsWith("Q~", start + 4);
    if (!marked) {
      return -1;
    }
    int end = run(text, start, "-_.~");
    return end - start >= AZURE_SECRET ? end : -1;
  }

  private static boolean hasUpper(String text, int from, int end) {
    for (int i = from; i < end; i++) {
      if (isUpper(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }
}
