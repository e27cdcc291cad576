package dev.tidemark.core.redact;

/**
 * Finds one kind of secret. Asked only where a word starts. Stateless; never backtracks, so its
 * work is bounded by the text.
 */
record SecretRule(String kind, Finder finder) {

  /** Where a secret that starts at an index ends. */
  @FunctionalInterface
  interface Finder {
    /** End (exclusive) of the secret that starts exactly at {@code start}, or -1. */
    int end(String text, int start);
  }

  /** Whether a word could begin at {@code i}: the character before it is no letter or digit. */
  static boolean wordStarts(String text, int i) {
    return i == 0 || !isWord(text.charAt(i - 1));
  }

  /** Whether no word goes on at {@code i}. */
  static boolean wordEnds(String text, int i) {
    return i >= text.length() || !isWord(text.charAt(i));
  }

  static boolean isWord(char c) {
    return isAlphanumeric(c) || c == '_';
  }

  static boolean isAlphanumeric(char c) {
    return isDigit(c) || isUpper(c) || (c >= 'a' && c <= 'z');
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }
}
