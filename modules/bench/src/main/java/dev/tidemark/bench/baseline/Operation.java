package dev.tidemark.bench.baseline;

/** What the agent wanted: a chain of attempts. Mutable while its run is linked. */
final class Operation {
  private final SpanFact first;
  private SpanFact last;
  private int attempts;
  private boolean troubled;

  Operation(SpanFact first) {
    this.first = first;
  }

  void attempt(SpanFact fact, boolean retry) {
    last = fact;
    attempts++;
    troubled |= retry || fact.troubled();
  }

  SpanFact first() {
    return first;
  }

  SpanFact last() {
    return last;
  }

  int attempts() {
    return attempts;
  }

  /** Whether an attempt so far failed, was denied, or was a retry. */
  boolean troubled() {
    return troubled;
  }
}
