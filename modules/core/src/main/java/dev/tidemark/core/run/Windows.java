package dev.tidemark.core.run;

import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.WindowTotals;

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
