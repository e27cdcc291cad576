package dev.tidemark.core.window;

/** Totals of one window of one series, or what corrects it, until they are sent. */
final class Cell {
  final SeriesNode node;
  final long startMs;
  final WindowTotals totals = new WindowTotals();
  long lastCause = -1;

  Cell(SeriesNode node, long startMs) {
    this.node = node;
    this.startMs = startMs;
  }
}
