package dev.tidemark.core.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one text from left to right, as deep as allowed. A strict one also refuses what I-JSON (RFC
 * 7493) does not allow: members that occur twice, halves of characters, numbers beyond a double.
 */
final class JsonReader {
  private final String json;
  private final int deepest;
  private final boolean strict;
  private int at;
  private int depth;

  private JsonReader(String json, int deepest, boolean strict) {
    this.json = json;
    this.deepest = deepest;
    this.strict = strict;
  }

  static JsonReader lenient(String json, int deepest) {
    return new JsonReader(json, deepest, false);
  }

  static JsonReader strict(String json, int deepest) {
    return new JsonReader(json, deepest, true);
  }

  Object whole() {
    Object value = value();
    if (peek() != '\0' || at < json.length()) {
      throw wrong("more than one value");
    }
    return value;
  }

  private Object value() {
    return switch (peek()) {
      case '{' -> object();
      case '[' -> list();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, Object> object() {
    var members = new LinkedHashMap<String, Object>();
    enter();
    if (peek() != '}') {
      do {
        peek();
        String name = string();
        expect(':');
        if (strict && members.containsKey(name)) {
          throw wrong("a member occurs twice");
        }
        members.put(name, value());
      } while (another());
    }
    expect('}');
    depth--;
    return members;
  }

  private List<Object> list() {
    var items = new ArrayList<Object>();
    enter();
    if (peek() != ']') {
      do {
        items.add(value());
      } while (another());
    }
    expect(']');
    depth--;
    return items;
  }

  private Object word(String word, Object meaning) {
    if (!json.startsWith(word, at)) {
      throw wrong("not a value");
    }
    at += word.length();
    return meaning;
  }

  private Object number() {
    int start = at;
    boolean whole = true;
    while (at < json.length() && "+-.eE0123456789".indexOf(json.charAt(at)) >= 0) {
      whole &= json.charAt(at) == '-' || Character.isDigit(json.charAt(at));
      at++;
    }
    String text = json.substring(start, at);
    if (!isNumber(text)) {
      at = start;
      throw wrong("not a value");
    }
    try {
      return whole ? (Object) Long.valueOf(text) : real(text);
    } catch (NumberFormatException tooLong) {
      return real(text);
    }
  }

  private Double real(String text) {
    Double number = Double.valueOf(text);
    if (strict && number.isInfinite()) {
      throw wrong("a number beyond a double");
    }
    return number;
  }

  /** RFC 8259, 6: a sign, digits without a leading zero, a fraction, an exponent. */
  private static boolean isNumber(String text) {
    int from = text.startsWith("-") ? 1 : 0;
    int end = digits(text, from);
    boolean right = end > from && (end == from + 1 || text.charAt(from) != '0');
    if (end < text.length() && text.charAt(end) == '.') {
      from = end + 1;
      end = digits(text, from);
      right &= end > from;
    }
    if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
      boolean signed = end + 1 < text.length() && "+-".indexOf(text.charAt(end + 1)) >= 0;
      from = end + (signed ? 2 : 1);
      end = digits(text, from);
      right &= end > from;
    }
    return right && end == text.length();
  }

  private static int digits(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private String string() {
    expect('"');
    int plain = at;
    while (plain < json.length() && isPlain(json.charAt(plain))) {
      plain++;
    }
    if (plain < json.length() && json.charAt(plain) == '"') {
      String text = json.substring(at, plain);
      at = plain + 1;
      return checked(text);
    }
    var out = new StringBuilder();
    for (char c = next(); c != '"'; c = next()) {
      if (c < 0x20) {
        throw wrong("a control character in a string");
      }
      out.append(c == '\\' ? escaped() : c);
    }
    return checked(out.toString());
  }

  private String checked(String text) {
    if (strict && !JsonText.isUnicode(text)) {
      throw wrong("a string holds half a character");
    }
    return text;
  }

  private static boolean isPlain(char c) {
    return c != '"' && c != '\\' && c >= 0x20;
  }

  private char escaped() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw wrong("an unknown escape");
    };
  }

  private char unicode() {
    int point = 0;
    for (int i = 0; i < 4; i++) {
      char c = next();
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw wrong("an escape without four hex digits");
      }
      point = point * 16 + digit;
    }
    return (char) point;
  }

  private void enter() {
    if (++depth > deepest) {
      throw wrong("deeper than " + deepest + " levels");
    }
    at++;
  }

  private boolean another() {
    if (peek() != ',') {
      return false;
    }
    at++;
    return true;
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw wrong("expected " + wanted);
    }
    at++;
  }

  /** The next character that is no space; NUL at the end. */
  private char peek() {
    while (at < json.length() && isSpace(json.charAt(at))) {
      at++;
    }
    return at < json.length() ? json.charAt(at) : '\0';
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
  }

  private char next() {
    if (at >= json.length()) {
      throw wrong("the end is missing");
    }
    return json.charAt(at++);
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("not JSON at character " + at + ": " + what);
  }
}
