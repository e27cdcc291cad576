package dev.tidemark.core.redact;

/**
 * Finds one kind of secret. Asked only where a word starts, only at a character it may begin with,
 * and only in texts that hold one of the characters it cannot do without. Stateless; never
 * backtracks, so its work is bounded by the text.
 *
 * @param kind name of the rule, as reports tell it
 * @param starts the ASCII characters a find may begin with
 * @param needs ASCII characters of which a text must hold at least one
 */
record SecretRule(String kind, String starts, String needs, Finder finder) {
  static final String DIGITS = "0123456789";
  static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  /** Every printable ASCII character. */
  static final String ANY = printable();

  /** Where a secret that starts at an index ends. */
  @FunctionalInterface
  interface Finder {
    /** End (exclusive) of the secret that starts exactly at {@code start}, or -1. */
    int end(String text, int start);
  }

  /** Whether no word goes on at {@code i}. */
  static boolean wordEnds(String text, int i) {
    return i >= text.length() || !isWord(text.charAt(i));
  }

  static boolean isWord(char c) {
    return isAlphanumeric(c) || c == '_';
  }

  static boolean isAlphanumeric(char c) {
    return isDigit(c) || isLetter(c);
  }

  static boolean isLetter(char c) {
    return isUpper(c) || (c >= 'a' && c <= 'z');
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }

  /** End of the run of letters, digits and {@code alsoAllowed} from {@code from} on. */
  static int run(String text, int from, String alsoAllowed) {
    int end = from;
    while (end < text.length()
        && (isAlphanumeric(text.charAt(end)) || alsoAllowed.indexOf(text.charAt(end)) >= 0)) {
      end++;
    }
    return end;
  }

  static boolean hasDigit(String text, int from, int end) {
    for (int i = from; i < end; i++) {
      if (isDigit(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static String printable() {
    var all = new StringBuilder();
    for (char c = 0x20; c < 0x7f; c++) {
      all.append(c);
    }
    return all.toString();
  }
}
