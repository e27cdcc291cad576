package dev.tidemark.core.dialect;

import dev.tidemark.core.otlp.OtlpSpan;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.SpanKind;

/** One way of saying what an agent did. Implementations are stateless. */
interface Dialect {
  /** Name that goes into the record's provenance. */
  String name();

  /** Whether the span speaks this dialect. */
  boolean speaks(OtlpSpan span);

  /** Where its fields are. */
  Keys keys();

  /** What the span did. */
  SpanKind kind(Reading span);

  /** What a table of keys cannot say; everything else is in the record already. */
  default void refine(Reading from, AgentSpan to) {}
}
