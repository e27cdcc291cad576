package dev.tidemark.testkit.oracle;

import java.util.Comparator;
import org.apache.avro.specific.SpecificRecord;

/** A record that was accepted: cleaned, its end clamped to its arrival. */
sealed interface Fact permits SpanFact, EventFact {
  /** The order in which a run is told: by end, then id. */
  Comparator<Fact> BY_END = Comparator.comparingLong(Fact::endMs).thenComparing(Fact::id);

  String traceId();

  String id();

  long endMs();

  long arrivalMs();

  boolean late();

  /** The record as it was sent. */
  SpecificRecord sent();
}
