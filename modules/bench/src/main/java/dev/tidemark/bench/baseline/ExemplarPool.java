package dev.tidemark.bench.baseline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Candidates for exemplars, one sorted multiset per category. The five smallest hashes of distinct
 * traces win, so the choice depends on the set alone; a retraction takes a candidate back. A
 * category keeps its 64 smallest candidates, which is exact as long as fewer than 60 of them are
 * retracted.
 */
final class ExemplarPool {
  private static final int SHOWN = 5;
  private static final int KEPT = 64;
  private static final Comparator<Candidate> ORDER =
      Comparator.comparingLong(Candidate::hash)
          .thenComparing(Candidate::traceId)
          .thenComparingLong(Candidate::timeMs)
          .thenComparing(Candidate::spanId);

  private final Map<String, TreeMap<Candidate, Integer>> categories = new TreeMap<>();

  void add(Candidate exemplar, int times) {
    var pool = categories.computeIfAbsent(exemplar.category(), c -> new TreeMap<>(ORDER));
    pool.merge(exemplar, times, (a, b) -> a + b == 0 ? null : a + b);
    if (pool.size() > KEPT) {
      pool.pollLastEntry();
    }
  }

  List<Candidate> chosen() {
    List<Candidate> chosen = new ArrayList<>();
    Set<String> traces = new HashSet<>();
    for (var pool : categories.values()) {
      traces.clear();
      for (var candidate : pool.entrySet()) {
        if (traces.size() == SHOWN) {
          break;
        }
        if (candidate.getValue() > 0 && traces.add(candidate.getKey().traceId())) {
          chosen.add(candidate.getKey());
        }
      }
    }
    return chosen;
  }
}
