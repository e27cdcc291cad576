package dev.tidemark.core.detect;

/**
 * Up to which event time a detector has spent its budget. Against its own past a detector pays for
 * the time since the last window with trials, at most a day; where the time of the change is known,
 * the first day is paid at once.
 */
final class Payment {
  static final long DAY_MS = 86_400_000;
  private final boolean ahead;
  private long paidUntilMs = -1;

  /**
   * @param ahead whether the first day is paid at once
   */
  Payment(boolean ahead) {
    this.ahead = ahead;
  }

  /** Event time whose budget is due with a window. */
  long due(Slice slice) {
    long length = slice.endMs() - slice.startMs();
    if (paidUntilMs < 0) {
      paidUntilMs = ahead ? slice.startMs() + DAY_MS : slice.endMs();
      return ahead ? DAY_MS : length;
    }
    long span = Math.min(DAY_MS, Math.max(0, slice.endMs() - paidUntilMs));
    paidUntilMs = Math.max(paidUntilMs, slice.endMs());
    return span;
  }

  /** Nothing is due for a window in which it fires. */
  void skip(Slice slice) {
    paidUntilMs = Math.max(paidUntilMs, slice.endMs());
  }

  /** Event time that one decision costs: what gamma is said for. */
  long unit(Slice slice) {
    return ahead ? DAY_MS : slice.endMs() - slice.startMs();
  }

  void write(StateWriter out) {
    out.whole(paidUntilMs);
  }

  void read(StateReader in) {
    paidUntilMs = in.whole();
  }
}
