package dev.tidemark.core.dialect;

import java.util.Arrays;
import java.util.EnumMap;

/**
 * Which attributes hold a field, the most telling first. A key {@code a>b} is member {@code b} of
 * the JSON text or map in attribute {@code a}. Immutable.
 */
final class Keys {
  static final Keys NONE = new Keys(new EnumMap<>(Field.class));
  private static final Key[] NOTHING = {};
  private final EnumMap<Field, Key[]> byField;

  private Keys(EnumMap<Field, Key[]> byField) {
    this.byField = byField;
  }

  /** These, and {@code keys}, if they may be read, after those that hold {@code field} already. */
  Keys with(Field field, String... keys) {
    EnumMap<Field, Key[]> more = byField.clone();
    Key[] allowed = Arrays.stream(keys).map(key -> Key.of(field, key)).toArray(Key[]::new);
    more.merge(field, allowed, Keys::joined);
    return new Keys(more);
  }

  /** These first, then {@code others}. */
  Keys then(Keys others) {
    EnumMap<Field, Key[]> both = byField.clone();
    others.byField.forEach((field, keys) -> both.merge(field, keys, Keys::joined));
    return new Keys(both);
  }

  Key[] of(Field field) {
    Key[] keys = byField.get(field);
    return keys == null ? NOTHING : keys;
  }

  private static Key[] joined(Key[] first, Key[] second) {
    Key[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
