package dev.tidemark.core.redact;

/**
 * Short texts that were clean when last looked at: names and versions come again with every span. A
 * text may be forgotten at any time, so threads share the table without a lock; it never says of
 * another text that it was clean. At most 4,096 texts of 64 characters; none is empty.
 */
final class KnownTexts {
  private static final int SLOTS = 4_096;
  private static final int LONGEST = 64;
  private final String[] texts = new String[SLOTS];

  boolean has(String text) {
    return text.length() <= LONGEST && text.equals(texts[slot(text)]);
  }

  void add(String text) {
    if (text.length() <= LONGEST && !text.isEmpty()) {
      texts[slot(text)] = text;
    }
  }

  private static int slot(String text) {
    int hash = text.hashCode();
    return (hash ^ (hash >>> 12)) & (SLOTS - 1);
  }
}
