package dev.tidemark.core.redact;

import java.util.List;

/** Secrets that are part of an address. */
final class UrlRules {
  private static final List<String> WEBHOOKS =
      List.of(
          "hooks.slack.com/services/",
          "hooks.slack.com/workflows/",
          "hooks.slack.com/triggers/",
          "discord.com/api/webhooks/",
          "discordapp.com/api/webhooks/");
  private static final int SHORTEST_PATH = 16;
  private static final int LONGEST_AUTHORITY = 1_024;

  private UrlRules() {}

  /** An address that lets anybody who knows it post: host and path. */
  static int webhook(String text, int start) {
    for (String host : WEBHOOKS) {
      if (text.regionMatches(true, start, host, 0, host.length())) {
        int end = SecretRule.run(text, start + host.length(), "/-_");
        return end - start - host.length() >= SHORTEST_PATH ? end : -1;
      }
    }
    return -1;
  }

  /** User and password before the host (RFC 3986, 3.2.1); asked behind the two slashes. */
  static int password(String text, int start) {
    if (start < 3 || !text.startsWith("://", start - 3)) {
      return -1;
    }
    int at = -1;
    int colon = -1;
    int stop = Math.min(text.length(), start + LONGEST_AUTHORITY);
    for (int i = start; i < stop && "/?# \t\n\r\"'<>\\".indexOf(text.charAt(i)) < 0; i++) {
      if (text.charAt(i) == '@') {
        at = i;
      } else if (text.charAt(i) == ':' && colon < 0) {
        colon = i;
      }
    }
    boolean secret = colon >= 0 && at > colon + 1 && "${<*%".indexOf(text.charAt(colon + 1)) < 0;
    return secret ? at : -1;
  }
}
