package dev.tidemark.core.hash;

/**
 * A map from longs to values without boxing, for the handful of keys of one run as for thousands.
 * Open addressing, linear probing; nothing can be removed but everything. Not thread-safe.
 */
public final class LongTable<V> {
  private long[] keys;
  private Object[] values;
  private int size;

  /** The value of a key, or null. */
  @SuppressWarnings("unchecked") // Only values of V are put.
  public V get(long key) {
    if (size == 0) {
      return null;
    }
    int mask = keys.length - 1;
    for (int i = (int) Hash64.mix(key) & mask; values[i] != null; i = (i + 1) & mask) {
      if (keys[i] == key) {
        return (V) values[i];
      }
    }
    return null;
  }

  /** Sets the value of a key; never null. */
  public void put(long key, V value) {
    if (keys == null || size * 2 >= keys.length) {
      grow();
    }
    if (place(key, value)) {
      size++;
    }
  }

  /** Forgets everything. */
  public void clear() {
    keys = null;
    values = null;
    size = 0;
  }

  private boolean place(long key, Object value) {
    int mask = keys.length - 1;
    int i = (int) Hash64.mix(key) & mask;
    while (values[i] != null && keys[i] != key) {
      i = (i + 1) & mask;
    }
    boolean added = values[i] == null;
    keys[i] = key;
    values[i] = value;
    return added;
  }

  private void grow() {
    long[] oldKeys = keys;
    Object[] oldValues = values;
    int length = oldKeys == null ? 8 : oldKeys.length * 2;
    keys = new long[length];
    values = new Object[length];
    for (int i = 0; oldKeys != null && i < oldKeys.length; i++) {
      if (oldValues[i] != null) {
        place(oldKeys[i], oldValues[i]);
      }
    }
  }
}
