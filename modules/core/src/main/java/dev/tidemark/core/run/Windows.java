package dev.tidemark.core.run;

import dev.tidemark.core.human.HumanFact;
import dev.tidemark.core.window.SeriesNode;
import dev.tidemark.core.window.WindowTotals;

/** Where contributions go. Times are milliseconds since the epoch. */
public interface Windows extends HumanFact.Out {
  /**
   * The totals of the window of {@code node} that holds {@code eventMs}.
   *
   * @param causeMs arrival of the record that causes the contribution: it decides whether the
   *     window was over, so that the contribution is a correction
   */
  WindowTotals at(SeriesNode node, long eventMs, long causeMs);

  /** Whether what {@code causeMs} brings to the window that holds {@code eventMs} corrects it. */
  boolean correction(long eventMs, long causeMs);

  /** Start of the window that holds {@code eventMs}. */
  long windowOf(long eventMs);

  @Override
  default void human(HumanFact fact, int sign, long causeMs) {}
}
