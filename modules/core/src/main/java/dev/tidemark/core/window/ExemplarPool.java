package dev.tidemark.core.window;

import dev.tidemark.records.Exemplar;
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
  private static final Comparator<Exemplar> ORDER =
      Comparator.comparingLong(Exemplar::getHash)
          .thenComparing(Exemplar::getTraceId)
          .thenComparingLong(Exemplar::getTimeMs)
          .thenComparing(Exemplar::getSpanId);

  private final Map<String, TreeMap<Exemplar, Integer>> categories = new TreeMap<>();

  void add(Exemplar exemplar, int times) {
    var pool = categories.computeIfAbsent(exemplar.getCategory(), c -> new TreeMap<>(ORDER));
    pool.merge(exemplar, times, (a, b) -> a + b == 0 ? null : a + b);
    if (pool.size() > KEPT) {
      pool.pollLastEntry();
    }
  }

  List<Exemplar> chosen() {
    List<Exemplar> chosen = new ArrayList<>();
    Set<String> traces = new HashSet<>();
    for (var pool : categories.values()) {
      traces.clear();
      for (var candidate : pool.entrySet()) {
        if (traces.size() == SHOWN) {
          break;
        }
        if (candidate.getValue() > 0 && traces.add(candidate.getKey().getTraceId())) {
          chosen.add(candidate.getKey());
        }
      }
    }
    return chosen;
  }
}
