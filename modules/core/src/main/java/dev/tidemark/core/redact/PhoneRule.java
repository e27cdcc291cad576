package dev.tidemark.core.redact;

import static dev.tidemark.core.redact.SecretRule.isDigit;
import static dev.tidemark.core.redact.SecretRule.isLetter;
import static dev.tidemark.core.redact.SecretRule.isWord;

import java.util.Locale;
import java.util.Set;

/**
 * Telephone numbers that can be told from other numbers: with a country code (E.164, with the plus
 * or with 00 and groups), in the usual groups of North America or of countries that dial a leading
 * zero, or behind a word such as "phone". Bare runs of digits are left alone: they are ids, times
 * and amounts far more often.
 */
final class PhoneRule {
  private static final int MOST_DIGITS = 15;

  /** Sizes of the groups after a leading zero, one hex digit each. */
  private static final Set<Long> ZERO_LED =
      Set.of(
          0x22222L, 0x344L, 0x334L, 0x434L, 0x56L, 0x533L, 0x433L, 0x443L, 0x36L, 0x37L, 0x38L,
          0x46L, 0x47L, 0x48L, 0x244L, 0x55L, 0x65L, 0x345L, 0x424L, 0x543L);

  private static final Set<String> WORDS =
      Set.of(
          "phone",
          "telephone",
          "tel",
          "mobile",
          "mobil",
          "fax",
          "whatsapp",
          "telefon",
          "handy",
          "phonenumber",
          "cellphone",
          "mobilenumber",
          "sms");

  private PhoneRule() {}

  static int end(String text, int start) {
    char before = start == 0 ? ' ' : text.charAt(start - 1);
    if ("_.-/#$+\\".indexOf(before) >= 0 || before >= 0x80) {
      return -1;
    }
    var number = new Groups(text, start);
    if (number.end < 0 || number.digits < 7 || !isClosed(text, number.end)) {
      return -1;
    }
    return isPhone(text, start, number) ? number.end : -1;
  }

  private static boolean isPhone(String text, int start, Groups number) {
    char first = text.charAt(number.first);
    if (text.charAt(start) == '+') {
      int fewest = number.count > 1 ? 8 : 9;
      return first != '0' && number.digits >= fewest && number.digits <= MOST_DIGITS;
    }
    if (named(text, start)) {
      return number.digits <= MOST_DIGITS && number.shape != 0x422 && number.shape != 0x224;
    }
    if (number.inBrackets) {
      return number.count >= 2 && number.digits >= 9 && number.digits <= 11;
    }
    if (first != '0') {
      return isNorthAmerican(text, number);
    }
    char second = text.charAt(number.first + 1);
    if (second == '0') {
      boolean country = text.charAt(number.first + 2) > '0' && number.separator == ' ';
      return country && number.digits >= 11 && number.digits <= MOST_DIGITS + 2;
    }
    return ZERO_LED.contains(number.shape) && !number.dotted;
  }

  private static boolean isNorthAmerican(String text, Groups number) {
    boolean long11 = number.shape == 0x1334 && text.charAt(number.first) == '1';
    if (number.shape != 0x334 && !long11) {
      return false;
    }
    int area = number.first + (long11 ? 2 : 0);
    return text.charAt(area) > '1' && text.charAt(area + 4) > '1' && number.even;
  }

  /** Whether the word before the number says that it is one. */
  private static boolean named(String text, int start) {
    int end = start;
    while (end > 0 && start - end < 4 && " :=\"'.".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    int from = end;
    while (from > 0 && end - from < 20 && isWord(text.charAt(from - 1))) {
      from--;
    }
    if (from > 0 && from < end && text.charAt(from - 1) == '\\') {
      from++;
    }
    if (from == end) {
      return false;
    }
    String word = text.substring(from, end).replace("_", "").toLowerCase(Locale.ROOT);
    return WORDS.contains(word);
  }

  private static boolean isClosed(String text, int end) {
    if (end >= text.length()) {
      return true;
    }
    char c = text.charAt(end);
    char next = end + 1 < text.length() ? text.charAt(end + 1) : ' ';
    boolean goesOn = isDigit(next) || (c == '-' && (isLetter(next) || next == '-'));
    return !isWord(c) && !("-.:/,+@%".indexOf(c) >= 0 && goesOn) && c != '@' && c != '%';
  }

  /** Groups of digits with one separator between them. */
  private static final class Groups {
    private final String text;
    int first = -1;
    int end = -1;
    int digits;
    int count;
    long shape;
    boolean inBrackets;
    boolean dotted;
    boolean even = true;
    private char separator;

    Groups(String text, int start) {
      this.text = text;
      int i = text.charAt(start) == '+' ? start + 1 : start;
      while (i < text.length() && digits <= MOST_DIGITS + 2) {
        int from = i;
        boolean open = text.charAt(i) == '(' && !inBrackets;
        i = group(open ? i + 1 : i);
        if (i < 0) {
          break;
        }
        if (open) {
          if (i >= text.length() || text.charAt(i) != ')' || count > 2) {
            end = from == start ? -1 : end;
            return;
          }
          inBrackets = true;
          i++;
        }
        end = i;
        i = separated(i, open);
      }
    }

    /** Reads a group at {@code i}; its end, or -1 when there is none. */
    private int group(int i) {
      int at = i;
      while (at < text.length() && isDigit(text.charAt(at))) {
        at++;
      }
      if (at == i || at - i > MOST_DIGITS) {
        return -1;
      }
      first = first < 0 ? i : first;
      digits += at - i;
      count++;
      shape = shape << 4 | (at - i);
      return at;
    }

    private int separated(int i, boolean afterBracket) {
      if (i >= text.length()) {
        return i;
      }
      char c = text.charAt(i);
      boolean bracketNext = i + 1 < text.length() && c == ' ' && text.charAt(i + 1) == '(';
      if (bracketNext || c == '(') {
        return bracketNext ? i + 1 : i;
      }
      if (" -./".indexOf(c) < 0) {
        return afterBracket && isDigit(c) ? i : text.length();
      }
      if (i + 1 < text.length() && isDigit(text.charAt(i + 1))) {
        dotted |= c == '.';
        even &= separator == 0 || separator == c || afterBracket;
        separator = c;
      }
      return i + 1;
    }
  }
}
