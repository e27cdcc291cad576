package dev.tidemark.core.redact;

import static dev.tidemark.core.redact.SecretRule.isDigit;
import static dev.tidemark.core.redact.SecretRule.isLetter;

import java.util.Locale;
import java.util.Set;

/** What stands where a secret could stand and is none: code, types, placeholders, plain words. */
final class Placeholders {
  private static final String SIGNS = "$<{[(:@?%*.-!/";
  private static final Set<String> WORDS =
      Set.of(
          "string",
          "str",
          "text",
          "none",
          "null",
          "nil",
          "undefined",
          "true",
          "false",
          "bool",
          "boolean",
          "bytes",
          "byte",
          "int",
          "integer",
          "number",
          "object",
          "any",
          "char",
          "varchar",
          "required",
          "optional",
          "invalid",
          "incorrect",
          "missing",
          "expired",
          "wrong",
          "empty",
          "hidden",
          "redacted",
          "masked",
          "changed",
          "reset",
          "must",
          "should",
          "cannot",
          "failed",
          "error",
          "unknown",
          "secretstr",
          "field",
          "input",
          "the",
          "your",
          "for",
          "not",
          "with",
          "this",
          "that",
          "please",
          "when",
          "from",
          "self",
          "value",
          "example",
          "minimum",
          "length",
          "used",
          "sensitive",
          "updated",
          "valid",
          "test",
          "await",
          "http",
          "https",
          "rotate",
          "policy",
          "prompt");

  private Placeholders() {}

  /** Whether the value from {@code start} to {@code end} is no secret. */
  static boolean is(String text, int start, int end) {
    char first = text.charAt(start);
    boolean sign = SIGNS.indexOf(first) >= 0 && !(first == '-' && text.startsWith("-----", start));
    if (sign && !hasDigitAndLetter(text, start, end)) {
      return true;
    }
    if ("${<[".indexOf(first) >= 0 || text.startsWith("%(", start)) {
      return true;
    }
    return isCode(text, start, end) || isWord(text, start, end);
  }

  /** A name, or names with dots between them, before a bracket or as the whole value. */
  private static boolean isCode(String text, int start, int end) {
    int i = start;
    int dots = 0;
    boolean digits = false;
    while (i < end
        && (isLetter(text.charAt(i))
            || "_.".indexOf(text.charAt(i)) >= 0
            || isDigit(text.charAt(i)))) {
      dots += text.charAt(i) == '.' ? 1 : 0;
      digits |= isDigit(text.charAt(i));
      i++;
    }
    char next = i < text.length() ? text.charAt(i) : ' ';
    if (i > start && i - start < 40 && (next == '(' || next == '[')) {
      return true;
    }
    return i == end && dots > 0 && !digits;
  }

  private static boolean isWord(String text, int start, int end) {
    int last = end;
    while (last > start && ".,!?".indexOf(text.charAt(last - 1)) >= 0) {
      last--;
    }
    if (last - start > 12) {
      String head = text.substring(start, Math.min(end, start + 5)).toLowerCase(Locale.ROOT);
      return head.equals("your_") || head.equals("your-") || head.startsWith("xxxx");
    }
    String word = text.substring(start, last).toLowerCase(Locale.ROOT);
    return WORDS.contains(word) || word.startsWith("your") || word.startsWith("xxx");
  }

  private static boolean hasDigitAndLetter(String text, int start, int end) {
    boolean digit = false;
    boolean letter = false;
    for (int i = start; i < end; i++) {
      digit |= isDigit(text.charAt(i));
      letter |= isLetter(text.charAt(i));
    }
    return digit && letter;
  }
}
