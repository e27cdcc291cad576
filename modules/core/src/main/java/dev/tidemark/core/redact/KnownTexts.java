package dev.tidemark.core.redact;

/**
 * Short texts that were clean when last looked at: names and versions come again with every span. A
 * text may be forgotten at any time, so threads share the table without a lock; it never says of
 * another text that it was clean. At most 1,024 texts of 64 characters.
 */
final class KnownTexts {
  private static final int SLOTS = 1_024;
  private static final int LONGEST = 64;
  private final String[] texts = new String[SLOTS];

  boolean has(String text) {
    return text.length() <= LONGEST && text.equals(texts[slot(text)]);
  }

  void add(String text) {
    if (text.length() <= LONGEST) {
      texts[slot(text)] = text;
    }
  }

  private static int slot(String text) {
    int hash = text.hashCode();
    return (hash ^ (hash >>> 12)) & (SLOTS - 1);
  }
}
