package dev.tidemark.testkit.oracle;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** Of records with one id the smaller content counts, then the earlier arrival. */
final class DistinctFacts {
  private final Comparator<SpecificRecord> content;

  /**
   * @param content order of what two records with one id say
   */
  DistinctFacts(Comparator<SpecificRecord> content) {
    this.content = content;
  }

  /** The facts of one trace without duplicates, in their order. */
  List<Fact> of(Collection<? extends Fact> facts) {
    Map<String, Fact> winners = new LinkedHashMap<>();
    for (Fact fact : facts) {
      String id = fact.getClass() + fact.id();
      winners.merge(id, fact, this::winner);
    }
    return winners.values().stream().sorted(Fact.BY_END).toList();
  }

  private Fact winner(Fact a, Fact b) {
    int order = a.sent().equals(b.sent()) ? 0 : content.compare(a.sent(), b.sent());
    if (order == 0) {
      return a.arrivalMs() <= b.arrivalMs() ? a : b;
    }
    return order < 0 ? a : b;
  }
}
