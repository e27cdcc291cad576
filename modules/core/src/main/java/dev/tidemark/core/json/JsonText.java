package dev.tidemark.core.json;

/** Strings with the shortest escapes (RFC 8785, section 3.2.2.2). */
final class JsonText {
  private JsonText() {}

  static void write(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> writeOther(c, out);
      }
    }
    out.append('"');
  }

  /** No half of a pair of surrogates stands alone. */
  static boolean isUnicode(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  private static void writeOther(char c, StringBuilder out) {
    if (c < 0x20) {
      out.append("\\u00").append(c < 0x10 ? "0" : "").append(Integer.toHexString(c));
    } else {
      out.append(c);
    }
  }
}
