package dev.tidemark.core.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one text from left to right, as deep as allowed. */
final class JsonReader {
  private final String json;
  private final int deepest;
  private int at;
  private int depth;

  JsonReader(String json, int deepest) {
    this.json = json;
    this.deepest = deepest;
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
    if (!text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
      at = start;
      throw wrong("not a value");
    }
    try {
      return whole ? (Object) Long.valueOf(text) : Double.valueOf(text);
    } catch (NumberFormatException tooLong) {
      return Double.valueOf(text);
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
    return out.toString();
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
    while (at < json.length() && " \t\n\r".indexOf(json.charAt(at)) >= 0) {
      at++;
    }
    return at < json.length() ? json.charAt(at) : '\0';
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
