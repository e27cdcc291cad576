package dev.tidemark.core.redact;

import static dev.tidemark.core.redact.SecretRule.isAlphanumeric;
import static dev.tidemark.core.redact.SecretRule.isDigit;
import static dev.tidemark.core.redact.SecretRule.isUpper;
import static dev.tidemark.core.redact.SecretRule.wordEnds;

import java.util.List;

/** Credentials that are known by how they begin. Formats as their issuers document them. */
final class TokenRules {
  private static final int SHORTEST_BEARER = 8;
  private static final int SHORTEST_KEY = 16;
  private static final int SHORTEST_JWT = 20;
  private static final int AWS_KEY_ID = 20;
  private static final List<String> SCHEMES = List.of("bearer ", "basic ");
  private static final List<String> KEY_PREFIXES =
      List.of(
          "sk-",
          "sk_",
          "pk_",
          "rk_",
          "ghp_",
          "gho_",
          "ghs_",
          "ghu_",
          "ghr_",
          "github_pat_",
          "glpat-",
          "xoxa-",
          "xoxb-",
          "xoxp-",
          "xoxs-",
          "hf_",
          "AIza",
          "npm_");
  private static final List<String> AWS_PREFIXES = List.of("AKIA", "ASIA");

  private TokenRules() {}

  /** A value of an Authorization header: the scheme and the credentials behind it. */
  static int bearer(String text, int start) {
    for (String scheme : SCHEMES) {
      if (startsWith(text, start, scheme, true)) {
        int from = start + scheme.length();
        int end = run(text, from, "-._~+/=");
        boolean credential = end - from >= SHORTEST_BEARER && hasDigitOrCase(text, from, end);
        return credential ? end : -1;
      }
    }
    return -1;
  }

  /** A key of a provider that marks its keys with a prefix; holds at least one digit. */
  static int apiKey(String text, int start) {
    for (String prefix : KEY_PREFIXES) {
      if (startsWith(text, start, prefix, false)) {
        int from = start + prefix.length();
        int end = run(text, from, "-_");
        return end - from >= SHORTEST_KEY && hasDigit(text, from, end) ? end : -1;
      }
    }
    return -1;
  }

  /** An AWS access key id: four known letters and sixteen capitals or digits. */
  static int awsKey(String text, int start) {
    for (String prefix : AWS_PREFIXES) {
      if (startsWith(text, start, prefix, false)) {
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
    if (!startsWith(text, start, "eyJ", false)) {
      return -1;
    }
    int end = run(text, start, "-_.=");
    return end - start >= SHORTEST_JWT ? end : -1;
  }

  /** A PEM private key, from the words of its header to the end of the text. */
  static int privateKey(String text, int start) {
    if (!startsWith(text, start, "BEGIN ", false)) {
      return -1;
    }
    return text.indexOf("PRIVATE KEY", start) >= 0 ? text.length() : -1;
  }

  private static int run(String text, int from, String alsoAllowed) {
    int end = from;
    while (end < text.length()
        && (isAlphanumeric(text.charAt(end)) || alsoAllowed.indexOf(text.charAt(end)) >= 0)) {
      end++;
    }
    return end;
  }

  private static boolean hasDigit(String text, int from, int end) {
    for (int i = from; i < end; i++) {
      if (isDigit(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasDigitOrCase(String text, int from, int end) {
    for (int i = from; i < end; i++) {
      if (isDigit(text.charAt(i)) || isUpper(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsWith(String text, int start, String prefix, boolean ignoreCase) {
    return text.regionMatches(ignoreCase, start, prefix, 0, prefix.length());
  }
}
