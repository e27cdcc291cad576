package dev.tidemark.core.hash;

import java.util.Arrays;
import java.util.function.Predicate;

/**
 * A map from stretches of bytes to values, so that nothing is decoded to find what is known. Open
 * addressing, linear probing. Not thread-safe.
 */
public final class Slices<V> {
  private static final class Entry<V> {
    private final long hash;
    private final byte[] key;
    private final V value;

    private Entry(long hash, byte[] key, V value) {
      this.hash = hash;
      this.key = key;
      this.value = value;
    }
  }

  private Entry<V>[] entries = table(8);
  private int size;

  /** The value of {@code bytes[from, to)}, or null. */
  public V get(byte[] bytes, int from, int to) {
    return get(Hash64.of(bytes, from, to), bytes, from, to);
  }

  private V get(long hash, byte[] bytes, int from, int to) {
    int mask = entries.length - 1;
    for (int i = (int) hash & mask; entries[i] != null; i = (i + 1) & mask) {
      Entry<V> entry = entries[i];
      if (entry.hash == hash && Arrays.equals(entry.key, 0, entry.key.length, bytes, from, to)) {
        return entry.value;
      }
    }
    return null;
  }

  /** Adds a value under a key that is not there yet. */
  public void put(byte[] bytes, int from, int to, V value) {
    if (size * 2 >= entries.length) {
      Entry<V>[] old = entries;
      entries = table(old.length * 2);
      for (Entry<V> entry : old) {
        if (entry != null) {
          place(entry);
        }
      }
    }
    place(new Entry<>(Hash64.of(bytes, from, to), Arrays.copyOfRange(bytes, from, to), value));
    size++;
  }

  /** Forgets the values that {@code gone} names. */
  public void removeIf(Predicate<V> gone) {
    Entry<V>[] old = entries;
    entries = table(old.length);
    size = 0;
    for (Entry<V> entry : old) {
      if (entry != null && !gone.test(entry.value)) {
        place(entry);
        size++;
      }
    }
  }

  /** Number of entries. */
  public int size() {
    return size;
  }

  /** Forgets everything. */
  public void clear() {
    entries = table(8);
    size = 0;
  }

  private void place(Entry<V> entry) {
    int mask = entries.length - 1;
    int i = (int) entry.hash & mask;
    while (entries[i] != null) {
      i = (i + 1) & mask;
    }
    entries[i] = entry;
  }

  @SuppressWarnings("unchecked") // An array of a generic class cannot be made otherwise.
  private static <V> Entry<V>[] table(int length) {
    return (Entry<V>[]) new Entry<?>[length];
  }
}
