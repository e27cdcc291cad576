package dev.tidemark.ingest.dialect;

import dev.tidemark.ingest.otlp.OtlpSpan;
import dev.tidemark.records.AgentSpan;

/** One way of saying what an agent did. Implementations are stateless. */
interface Dialect {
  /** Name that goes into the record's provenance. */
  String name();

  /** Whether the span speaks this dialect. */
  boolean speaks(OtlpSpan span);

  /** Fills in what the span means; ids, times and provenance are set already. */
  void translate(OtlpSpan from, AgentSpan to);
}
