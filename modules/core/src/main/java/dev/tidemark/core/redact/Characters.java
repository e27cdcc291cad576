package dev.tidemark.core.redact;

/** Characters that must not reach a screen or a log as they are. */
final class Characters {
  /** How far the full-width forms of Unicode are from ASCII. */
  private static final int WIDE = 0xff01 - 0x21;

  private Characters() {}

  /**
   * The text without characters nobody sees, so that none of them can split a secret; the same
   * instance when it has none. Tabs and ends of lines stay between words: as they are with {@code
   * lines}, else as spaces. Full-width letters and digits become ASCII.
   */
  static String withoutInvisible(String text, boolean lines) {
    if (isPlain(text)) {
      return text;
    }
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isSpace(c)) {
        out.append(lines && (c == '\n' || c == '\t') ? c : ' ');
      } else if (c >= 0xff01 && c <= 0xff5e && isAddress((char) (c - WIDE))) {
        out.append((char) (c - WIDE));
      } else if (!isUnsafe(c) && c != 0x200c && c != 0x200d && c != 0xad) {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static boolean isAddress(char c) {
    return SecretRule.isAlphanumeric(c) || c == '@' || c == '.';
  }

  private static boolean isSpace(char c) {
    return (c >= 0x9 && c <= 0xd) || c == 0x85 || c == 0xa0 || c == 0x2028 || c == 0x2029;
  }

  /** As {@link #escape(String, boolean)} for one line. */
  static String escape(String text) {
    return escape(text, false);
  }

  /**
   * Unsafe characters and lone surrogates as backslash, u and four hex digits; {@code lines} keeps
   * ends of lines and tabs.
   */
  static String escape(String text, boolean lines) {
    if (isPlain(text)) {
      return text;
    }
    var out = new StringBuilder(text.length() + 16);
    int i = 0;
    while (i < text.length()) {
      int point = text.codePointAt(i);
      boolean lone = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
      boolean layout = lines && (point == '\n' || point == '\t');
      if (!layout && (lone || (point < 0x10000 && isUnsafe((char) point)))) {
        out.append("\\u").append(Integer.toHexString(0x10000 | point), 1, 5);
      } else {
        out.appendCodePoint(point);
      }
      i += Character.charCount(point);
    }
    return out.toString();
  }

  /** The longest beginning that fits in {@code bytes} of UTF-8 and ends with a whole character. */
  static String cap(String text, int bytes) {
    if (text.length() * 3L <= bytes) {
      return text;
    }
    int used = 0;
    int i = 0;
    while (i < text.length()) {
      int point = text.codePointAt(i);
      used += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (used > bytes) {
        return text.substring(0, i);
      }
      i += Character.charCount(point);
    }
    return text;
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c > 0x7e) {
        return false;
      }
    }
    return true;
  }

  /** Controls, line separators, zero-width marks, bidirectional marks, overrides and isolates. */
  private static boolean isUnsafe(char c) {
    return c < 0x20
        || (c >= 0x7f && c <= 0x9f)
        || c == 0x61c
        || c == 0x200b
        || c == 0x200e
        || c == 0x200f
        || (c >= 0x2028 && c <= 0x202e)
        || (c >= 0x2060 && c <= 0x2069)
        || c == 0xfeff;
  }
}
