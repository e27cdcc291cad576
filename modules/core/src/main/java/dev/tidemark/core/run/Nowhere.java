package dev.tidemark.core.run;

import dev.tidemark.core.window.SeriesNode;
import dev.tidemark.core.window.WindowTotals;

/** Where contributions go that nobody asked for. */
enum Nowhere implements Windows {
  WINDOWS;

  @Override
  public WindowTotals at(SeriesNode node, long eventMs, long causeMs) {
    return new WindowTotals();
  }

  @Override
  public boolean correction(long eventMs, long causeMs) {
    return false;
  }

  @Override
  public long windowOf(long eventMs) {
    return eventMs;
  }
}
