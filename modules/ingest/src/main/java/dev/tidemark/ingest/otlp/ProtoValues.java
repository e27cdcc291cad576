package dev.tidemark.ingest.otlp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads AnyValue messages. */
final class ProtoValues {
  private static final int DEEPEST = 32;

  private ProtoValues() {}

  /** The value in these bytes; null when it is empty, cannot be read or is nested too deep. */
  static Object read(byte[] bytes, int from, int to) {
    try {
      return value(bytes, new ProtoCursor(bytes, from, to), 0);
    } catch (Malformed e) {
      return null;
    }
  }

  private static Object value(byte[] bytes, ProtoCursor fields, int depth) throws Malformed {
    Object value = null;
    for (int field = fields.next(); field != 0; field = fields.next()) {
      value =
          switch (field) {
            case 1 ->
                new String(
                    bytes, fields.from(), fields.to() - fields.from(), StandardCharsets.UTF_8);
            case 2 -> fields.number() != 0;
            case 3 -> fields.number();
            case 4 -> Double.longBitsToDouble(fields.number());
            case 5 -> elements(bytes, fields.message(), depth + 1);
            case 6 -> entries(bytes, fields.message(), depth + 1);
            case 7 -> Arrays.copyOfRange(bytes, fields.from(), fields.to());
            default -> value;
          };
    }
    return value;
  }

  private static List<Object> elements(byte[] bytes, ProtoCursor fields, int depth)
      throws Malformed {
    requireShallow(depth);
    List<Object> elements = new ArrayList<>();
    for (int field = fields.next(); field != 0; field = fields.next()) {
      if (field == 1) {
        elements.add(value(bytes, fields.message(), depth));
      }
    }
    return elements;
  }

  private static Map<String, Object> entries(byte[] bytes, ProtoCursor fields, int depth)
      throws Malformed {
    requireShallow(depth);
    Map<String, Object> entries = new HashMap<>();
    for (int field = fields.next(); field != 0; field = fields.next()) {
      if (field == 1) {
        String key = "";
        Object value = null;
        ProtoCursor pair = fields.message();
        for (int part = pair.next(); part != 0; part = pair.next()) {
          if (part == 1) {
            key = pair.text();
          } else if (part == 2) {
            value = value(bytes, pair.message(), depth);
          }
        }
        entries.put(key, value);
      }
    }
    return entries;
  }

  private static void requireShallow(int depth) throws Malformed {
    if (depth > DEEPEST) {
      throw new Malformed("a value is nested deeper than " + DEEPEST);
    }
  }
}
