package dev.tidemark.core.window;

import dev.tidemark.core.hash.Hash64;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Sums by name with a bound: of more than 64 names those with the smallest hash are counted, so
 * that the order of coming does not decide; the rest stands under {@code __overflow__}, sums
 * conserved. Not thread-safe.
 */
final class CappedSums {
  private static final int COUNTED = 64;
  private static final int SHOWN = 16;

  private final int width;
  private final String overflow;
  private final TreeMap<String, long[]> sums = new TreeMap<>();

  /**
   * @param width sums per name
   */
  CappedSums(int width) {
    this(width, Series.OVERFLOW);
  }

  /**
   * @param width sums per name
   * @param overflow the name that takes the rest
   */
  CappedSums(int width, String overflow) {
    this.width = width;
    this.overflow = overflow;
  }

  /** The sums of a name, to be added to. */
  long[] of(String name) {
    long[] known = sums.get(name);
    if (known != null) {
      return known;
    }
    if (sums.size() < COUNTED || name.equals(overflow)) {
      long[] fresh = new long[width];
      sums.put(name, fresh);
      return fresh;
    }
    String largest = largest();
    if (hash(name) >= hash(largest)) {
      return of(overflow);
    }
    long[] evicted = sums.remove(largest);
    add(of(overflow), evicted);
    long[] fresh = new long[width];
    sums.put(name, fresh);
    return fresh;
  }

  /** Every name and its sums, in order of names; names without counts are left out. */
  void each(BiConsumer<String, long[]> visitor) {
    sums.forEach(
        (name, values) -> {
          if (any(values)) {
            visitor.accept(name, values);
          }
        });
  }

  /** The names shown: the 16 with the largest first sum, ties by name, the rest as overflow. */
  Map<String, long[]> shown() {
    TreeMap<String, long[]> shown = new TreeMap<>();
    each(shown::put);
    if (shown.size() <= SHOWN) {
      return shown;
    }
    List<Map.Entry<String, long[]>> order = new ArrayList<>(shown.entrySet());
    order.sort(
        (a, b) -> {
          int larger = Long.compare(b.getValue()[0], a.getValue()[0]);
          return larger != 0 ? larger : a.getKey().compareTo(b.getKey());
        });
    shown.clear();
    long[] rest = new long[width];
    for (Map.Entry<String, long[]> entry : order) {
      if (shown.size() < SHOWN - 1 && !entry.getKey().equals(overflow)) {
        shown.put(entry.getKey(), entry.getValue());
      } else {
        add(rest, entry.getValue());
      }
    }
    shown.put(overflow, rest);
    return shown;
  }

  private String largest() {
    String largest = null;
    for (String name : sums.keySet()) {
      boolean further = largest == null || hash(name) > hash(largest);
      if (further && !name.equals(overflow)) {
        largest = name;
      }
    }
    return largest;
  }

  private static long hash(String name) {
    return Hash64.mix(name.hashCode());
  }

  private static void add(long[] sum, long[] values) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += values[i];
    }
  }

  private static boolean any(long[] values) {
    for (long value : values) {
      if (value != 0) {
        return true;
      }
    }
    return false;
  }
}
