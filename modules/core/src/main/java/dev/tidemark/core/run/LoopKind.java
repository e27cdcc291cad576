package dev.tidemark.core.run;

/** How a run goes round in circles. Kept by number: new kinds come last. */
public enum LoopKind {
  /** One call with the same arguments again and again. */
  IDENTICAL(1),
  /** Two calls in turn. */
  PERIOD_OF_TWO(2),
  /** Three calls in turn, at least two of them distinct. */
  PERIOD_OF_THREE(3);

  private static final LoopKind[] ALL = values();
  private final int period;

  LoopKind(int period) {
    this.period = period;
  }

  /** Calls until it begins anew. */
  public int period() {
    return period;
  }

  int number() {
    return compareTo(IDENTICAL);
  }

  static LoopKind of(int number) {
    return ALL[number];
  }
}
