package dev.tidemark.core.redact;

import java.util.TreeMap;

/**
 * The one canonical text of a JSON value after RFC 8785 (JCS): no spaces, members ordered by UTF-16
 * code units, strings with the shortest escapes, numbers as ECMAScript prints them. Strict: what
 * RFC 8259 or I-JSON does not allow (duplicate members, lone surrogates, NaN, numbers beyond a
 * double) is refused. Numbers are doubles, so integers above 2^53 lose digits, as JCS says.
 */
public final class CanonicalJson {
  private static final int DEEPEST = 256;
  private final String json;
  private int at;
  private int depth;

  private CanonicalJson(String json) {
    this.json = json;
  }

  /**
   * The canonical form of {@code json}.
   *
   * @throws IllegalArgumentException when it is not JSON; the message holds the place, never the
   *     text
   */
  public static String of(String json) {
    var parser = new CanonicalJson(json);
    var out = new StringBuilder(json.length());
    parser.skipSpaces();
    parser.value(out);
    parser.skipSpaces();
    if (parser.at < json.length()) {
      throw parser.wrong("more than one value");
    }
    return out.toString();
  }

  private void value(StringBuilder out) {
    char c = peek();
    switch (c) {
      case '{' -> object(out);
      case '[' -> array(out);
      case '"' -> JsonText.write(string(), out);
      case 't' -> literal("true", out);
      case 'f' -> literal("false", out);
      case 'n' -> literal("null", out);
      default -> number(out);
    }
  }

  private void object(StringBuilder out) {
    var members = new TreeMap<String, String>();
    open();
    if (peek() != '}') {
      do {
        skipSpaces();
        String name = string();
        skipSpaces();
        expect(':');
        skipSpaces();
        var member = new StringBuilder();
        value(member);
        if (members.put(name, member.toString()) != null) {
          throw wrong("a member occurs twice");
        }
      } while (another());
    }
    close('}');
    String between = "{";
    for (var member : members.entrySet()) {
      out.append(between);
      JsonText.write(member.getKey(), out);
      out.append(':').append(member.getValue());
      between = ",";
    }
    out.append(members.isEmpty() ? "{}" : "}");
  }

  private void array(StringBuilder out) {
    open();
    out.append('[');
    if (peek() != ']') {
      int first = out.length();
      do {
        if (out.length() > first) {
          out.append(',');
        }
        skipSpaces();
        value(out);
      } while (another());
    }
    close(']');
    out.append(']');
  }

  private void literal(String word, StringBuilder out) {
    if (!json.startsWith(word, at)) {
      throw wrong("not a value");
    }
    at += word.length();
    out.append(word);
  }

  private void number(StringBuilder out) {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
    } else {
      digits();
    }
    if (peek() == '.') {
      at++;
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits();
    }
    double number = Double.parseDouble(json.substring(start, at));
    if (Double.isInfinite(number)) {
      throw wrong("a number beyond a double");
    }
    out.append(EcmaNumber.format(number));
  }

  private void digits() {
    int start = at;
    while (SecretRule.isDigit(peek())) {
      at++;
    }
    if (at == start) {
      throw wrong("not a value");
    }
  }

  private String string() {
    expect('"');
    var out = new StringBuilder();
    for (char c = next(); c != '"'; c = next()) {
      if (c < 0x20) {
        throw wrong("a control character in a string");
      }
      out.append(c == '\\' ? escaped() : c);
    }
    return JsonText.checked(out.toString());
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

  private void open() {
    if (++depth > DEEPEST) {
      throw wrong("deeper than " + DEEPEST + " levels");
    }
    at++;
    skipSpaces();
  }

  private boolean another() {
    skipSpaces();
    if (peek() != ',') {
      return false;
    }
    at++;
    return true;
  }

  private void close(char bracket) {
    expect(bracket);
    depth--;
  }

  private void expect(char wanted) {
    if (next() != wanted) {
      throw wrong("expected " + wanted);
    }
  }

  private char peek() {
    return at < json.length() ? json.charAt(at) : '\0';
  }

  private char next() {
    if (at >= json.length()) {
      throw wrong("the end is missing");
    }
    return json.charAt(at++);
  }

  private void skipSpaces() {
    while (" \t\n\r".indexOf(peek()) >= 0) {
      at++;
    }
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("not JSON at character " + at + ": " + what);
  }
}
