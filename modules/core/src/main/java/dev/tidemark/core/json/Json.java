package dev.tidemark.core.json;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON as plain values: Map with String keys, List, String, Long, Double, Boolean and null. Whole
 * numbers that fit a long are Long, all others Double. Pure.
 */
public final class Json {
  private static final int DEEPEST = 64;
  private static final String NONE = "null";

  private Json() {}

  /**
   * The value of a text (RFC 8259); of a member that occurs twice the last one counts.
   *
   * @throws IllegalArgumentException when it is no JSON or deeper than 64 levels; the message holds
   *     the place, never the text
   */
  public static Object read(String json) {
    return JsonReader.lenient(json, DEEPEST).whole();
  }

  /** The text of a value, members in the order of their names; bytes as base64. */
  public static String write(Object value) {
    var out = new StringBuilder();
    write(value, 0, out);
    return out.toString();
  }

  private static void write(Object value, int depth, StringBuilder out) {
    if (depth > DEEPEST) {
      out.append(NONE);
    } else if (value instanceof Map<?, ?> map) {
      object(map, depth, out);
    } else if (value instanceof List<?> list) {
      String between = "[";
      for (Object item : list) {
        write(item, depth + 1, out.append(between));
        between = ",";
      }
      out.append(list.isEmpty() ? "[]" : "]");
    } else if (value instanceof byte[] bytes) {
      JsonText.write(Base64.getEncoder().encodeToString(bytes), out);
    } else if (value instanceof Double real && !Double.isFinite(real)) {
      out.append(NONE);
    } else if (value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else if (value == null) {
      out.append(NONE);
    } else {
      JsonText.write(value.toString(), out);
    }
  }

  private static void object(Map<?, ?> map, int depth, StringBuilder out) {
    var members = new TreeMap<String, Object>();
    map.forEach((name, value) -> members.put(String.valueOf(name), value));
    String between = "{";
    for (Map.Entry<String, Object> member : members.entrySet()) {
      JsonText.write(member.getKey(), out.append(between));
      write(member.getValue(), depth + 1, out.append(':'));
      between = ",";
    }
    out.append(members.isEmpty() ? "{}" : "}");
  }
}
