package dev.tidemark.core.limit;

/** How a signal is read from windows. */
public enum Measure {
  /** Events among trials. */
  RATE,
  /** Mean of a quantity. */
  MEAN,
  /** Quantile of a quantity. */
  QUANTILE,
  /** Sum of a quantity over the time of the limit; nothing counts as 0. */
  SUM,
  /** Attempts in the time of the limit; nothing counts as 0. */
  CALLS,
  /** Runs that ended in the time of the limit; nothing counts as 0. */
  RUNS;

  /** Whether silence is a value: sums and counts of nothing are 0, a rate of nothing is unknown. */
  public boolean ofTime() {
    return this == SUM || this == CALLS || this == RUNS;
  }
}
