package dev.tidemark.core.json;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The one canonical text of a JSON value after RFC 8785 (JCS): no spaces, members ordered by UTF-16
 * code units, strings with the shortest escapes, numbers as ECMAScript prints them. Strict: what
 * RFC 8259 or I-JSON does not allow (duplicate members, lone surrogates, NaN, numbers beyond a
 * double) is refused. Numbers are doubles, so integers above 2^53 lose digits, as JCS says.
 */
public final class CanonicalJson {
  private static final int DEEPEST = 256;

  private CanonicalJson() {}

  /**
   * The canonical form of {@code json}.
   *
   * @throws IllegalArgumentException when it is not JSON; the message holds the place, never the
   *     text
   */
  public static String of(String json) {
    var out = new StringBuilder(json.length());
    write(JsonReader.strict(json, DEEPEST).whole(), out);
    return out.toString();
  }

  private static void write(Object value, StringBuilder out) {
    if (value instanceof Map<?, ?> members) {
      String between = "{";
      for (Map.Entry<?, ?> member : new TreeMap<>(members).entrySet()) {
        JsonText.write((String) member.getKey(), out.append(between));
        write(member.getValue(), out.append(':'));
        between = ",";
      }
      out.append(members.isEmpty() ? "{}" : "}");
    } else if (value instanceof List<?> items) {
      String between = "[";
      for (Object item : items) {
        write(item, out.append(between));
        between = ",";
      }
      out.append(items.isEmpty() ? "[]" : "]");
    } else if (value instanceof Number number) {
      out.append(EcmaNumber.format(number.doubleValue()));
    } else if (value instanceof String text) {
      JsonText.write(text, out);
    } else {
      out.append(value);
    }
  }
}
