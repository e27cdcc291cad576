package dev.tidemark.core.run;

import dev.tidemark.core.human.HumanFact;
import dev.tidemark.core.window.Series;
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

  /**
   * A version of a prompt or policy was in use; with sign -1 that is taken back. Only a window that
   * is not over tells it.
   */
  default void version(Series version, int sign, long eventMs, long causeMs) {}

  @Override
  default void human(HumanFact fact, int sign, long causeMs) {}
}
