package dev.tidemark.core.hash;

/**
 * A map from longs to longs in two arrays: sixteen bytes and a bit per entry. Open addressing,
 * linear probing. Not thread-safe.
 */
public final class LongLongMap {
  private long[] keys = new long[8];
  private long[] values = new long[8];
  private boolean[] used = new boolean[8];
  private int size;

  /** The value of a key, or {@code missing}. */
  public long get(long key, long missing) {
    int i = find(key);
    return used[i] ? values[i] : missing;
  }

  /** Sets the value of a key and returns the one before, or {@code missing}. */
  public long put(long key, long value, long missing) {
    if (size * 3 >= keys.length * 2) {
      grow();
    }
    int i = find(key);
    long before = used[i] ? values[i] : missing;
    size += used[i] ? 0 : 1;
    used[i] = true;
    keys[i] = key;
    values[i] = value;
    return before;
  }

  /** Removes a key. */
  public void remove(long key) {
    int mask = keys.length - 1;
    int hole = find(key);
    if (!used[hole]) {
      return;
    }
    used[hole] = false;
    size--;
    for (int i = (hole + 1) & mask; used[i]; i = (i + 1) & mask) {
      int home = (int) Hash64.mix(keys[i]) & mask;
      if (((i - home) & mask) >= ((i - hole) & mask)) {
        keys[hole] = keys[i];
        values[hole] = values[i];
        used[hole] = true;
        used[i] = false;
        hole = i;
      }
    }
  }

  /** Number of entries. */
  public int size() {
    return size;
  }

  private int find(long key) {
    int mask = keys.length - 1;
    int i = (int) Hash64.mix(key) & mask;
    while (used[i] && keys[i] != key) {
      i = (i + 1) & mask;
    }
    return i;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldValues = values;
    boolean[] oldUsed = used;
    keys = new long[oldKeys.length * 2];
    values = new long[oldKeys.length * 2];
    used = new boolean[oldKeys.length * 2];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldUsed[i]) {
        int at = find(oldKeys[i]);
        used[at] = true;
        keys[at] = oldKeys[i];
        values[at] = oldValues[i];
      }
    }
  }
}
