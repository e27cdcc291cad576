package dev.tidemark.core.dialect;

import dev.tidemark.core.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Arguments and results: measured, hashed, asked whether they tell a failure, and left behind. */
final class Contents {
  private static final int LONGEST = 1 << 16;
  private static final Set<String> FAILED = Set.of("error", "failed", "failure");

  private Contents() {}

  /** An attribute's value: text as it is, anything else as JSON. */
  static String text(Object value) {
    return value instanceof String text ? text : Json.write(value);
  }

  /** The JSON in an attribute, text or structured; an empty map when there is none. */
  static Map<?, ?> json(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    return value instanceof String text ? parse(text) : Map.of();
  }

  private static Map<?, ?> parse(String text) {
    if (text.length() > LONGEST || !text.stripLeading().startsWith("{")) {
      return Map.of();
    }
    try {
      return (Map<?, ?>) Json.read(text);
    } catch (IllegalArgumentException notJson) {
      return Map.of();
    }
  }

  /** Size in UTF-8. */
  static long bytes(String text) {
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
    }
    return bytes;
  }

  /**
   * Whether a result that was returned as an answer tells a failure: {@code isError} of the Model
   * Context Protocol, {@code error}, a {@code status} that says so, {@code success} or {@code ok}
   * that is false; also inside the messages LangChain wraps results in.
   */
  static boolean tellsFailure(String result) {
    boolean worthReading =
        result.contains("rror")
            || result.contains("\"status\"")
            || result.contains("\"success\"")
            || result.contains("\"ok\"");
    return worthReading && tellsFailure(parse(result), 0);
  }

  private static boolean tellsFailure(Map<?, ?> node, int depth) {
    if (node.isEmpty() || depth > 4) {
      return false;
    }
    Object status = node.get("status");
    if (isTrue(node.get("isError"))
        || isTrue(node.get("is_error"))
        || isSaid(node.get("error"))
        || (status instanceof String said && FAILED.contains(said))
        || Boolean.FALSE.equals(node.get("success"))
        || Boolean.FALSE.equals(node.get("ok"))) {
      return true;
    }
    return tellsFailure(members(node.get("output")), depth + 1)
        || tellsFailure(members(node.get("kwargs")), depth + 1)
        || (node.get("content") instanceof String text && tellsFailure(parse(text), depth + 1));
  }

  private static Map<?, ?> members(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static boolean isSaid(Object error) {
    if (error instanceof Map<?, ?> map) {
      return !map.isEmpty();
    }
    if (error instanceof List<?> list) {
      return !list.isEmpty();
    }
    return error instanceof String text ? !text.isEmpty() : isTrue(error);
  }

  private static boolean isTrue(Object value) {
    return Boolean.TRUE.equals(value)
        || (value instanceof String text && text.trim().equals("true"))
        || (value instanceof Long whole && whole != 0);
  }
}
