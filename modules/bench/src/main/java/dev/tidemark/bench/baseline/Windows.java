package dev.tidemark.bench.baseline;

/** Where contributions go. */
public interface Windows {
  /**
   * The totals of the window of {@code series} that holds {@code eventMs}.
   *
   * @param arrivalMs arrival of the record that causes the contribution: it decides whether the
   *     window may have closed already, so that the contribution is a correction
   */
  WindowTotals at(Series series, long eventMs, long arrivalMs);
}
