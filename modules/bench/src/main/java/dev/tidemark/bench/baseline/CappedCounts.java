package dev.tidemark.bench.baseline;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts by name with a bound: 64 names are counted, the 16 largest are shown (ties by name), the
 * rest under {@code __overflow__}, so that sums are conserved.
 */
final class CappedCounts {
  private static final int COUNTED = 64;
  private static final int SHOWN = 16;
  private static final Comparator<Map.Entry<String, Long>> LARGEST =
      Map.Entry.<String, Long>comparingByValue()
          .reversed()
          .thenComparing(Map.Entry.comparingByKey());

  private CappedCounts() {}

  static void add(SortedMap<String, Long> counts, String name, long delta) {
    String key = counts.size() < COUNTED || counts.containsKey(name) ? name : Series.OVERFLOW;
    counts.merge(key, delta, (a, b) -> a + b == 0 ? null : a + b);
  }

  static long[] slot(SortedMap<String, long[]> sums, String name) {
    String key = sums.size() < SHOWN || sums.containsKey(name) ? name : Series.OVERFLOW;
    return sums.computeIfAbsent(key, k -> new long[5]);
  }

  static Map<String, Long> shown(SortedMap<String, Long> counts) {
    if (counts.size() <= SHOWN) {
      return new LinkedHashMap<>(counts);
    }
    TreeMap<String, Long> shown = new TreeMap<>();
    counts.entrySet().stream()
        .sorted(LARGEST)
        .forEach(
            e ->
                shown.merge(
                    shown.size() < SHOWN - 1 ? e.getKey() : Series.OVERFLOW,
                    e.getValue(),
                    Long::sum));
    return new LinkedHashMap<>(shown);
  }
}
