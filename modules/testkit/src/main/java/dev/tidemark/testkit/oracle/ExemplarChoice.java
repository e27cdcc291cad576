package dev.tidemark.testkit.oracle;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The runs that show what a count means: of each category the traces with the smallest hashes. */
final class ExemplarChoice {
  private static final int SHOWN = 5;
  private static final int ORDINARY_SHOWN = 2;
  private static final Set<String> ORDINARY = Set.of("ok", "successful");
  private static final Comparator<String> BY_HASH =
      Comparator.comparingLong(ExemplarChoice::hash).thenComparing(trace -> trace);

  private final Map<String, Set<String>> traces = new TreeMap<>();

  void offer(String category, String traceId) {
    traces.computeIfAbsent(category, c -> new TreeSet<>(BY_HASH)).add(traceId);
  }

  Map<String, List<String>> chosen() {
    return traces.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                e ->
                    e.getValue().stream()
                        .limit(ORDINARY.contains(e.getKey()) ? ORDINARY_SHOWN : SHOWN)
                        .toList(),
                (a, b) -> a,
                TreeMap::new));
  }

  /** Order of choice: both halves of the trace id through the finaliser of SplitMix64. */
  static long hash(String traceId) {
    long high = Long.parseUnsignedLong(traceId.substring(0, 16), 16);
    long low = Long.parseUnsignedLong(traceId.substring(16), 16);
    return mix(high ^ mix(low));
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
