package dev.tidemark.core.dialect;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Which attributes hold a field, the most telling first. A key {@code a>b} is member {@code b} of
 * the JSON text or map in attribute {@code a}. Immutable.
 */
final class Keys {
  static final Keys NONE = new Keys(new EnumMap<>(Field.class));
  private static final String[] NOTHING = {};
  private final Map<Field, String[]> byField;

  private Keys(Map<Field, String[]> byField) {
    this.byField = byField;
  }

  /** These, and {@code keys} after those that hold {@code field} already. */
  Keys with(Field field, String... keys) {
    EnumMap<Field, String[]> more = new EnumMap<>(Field.class);
    more.putAll(byField);
    more.merge(field, keys, Keys::joined);
    return new Keys(more);
  }

  /** These first, then {@code others}. */
  Keys then(Keys others) {
    EnumMap<Field, String[]> both = new EnumMap<>(Field.class);
    both.putAll(byField);
    others.byField.forEach((field, keys) -> both.merge(field, keys, Keys::joined));
    return new Keys(both);
  }

  String[] of(Field field) {
    return byField.getOrDefault(field, NOTHING);
  }

  private static String[] joined(String[] first, String[] second) {
    String[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
