package dev.tidemark.bench.windows;

import dev.tidemark.records.AgentSpan;

/** A span and when it arrives, milliseconds since the epoch. */
record Stamped(AgentSpan span, long arrivalMs) implements Comparable<Stamped> {
  @Override
  public int compareTo(Stamped other) {
    int byArrival = Long.compare(arrivalMs, other.arrivalMs);
    return byArrival != 0 ? byArrival : span.getSpanId().compareTo(other.span.getSpanId());
  }
}
