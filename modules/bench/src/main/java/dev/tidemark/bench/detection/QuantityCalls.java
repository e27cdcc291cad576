package dev.tidemark.bench.detection;

/**
 * Fifty lognormal values per window; from a time on a share of them is so many times as large. Not
 * thread-safe.
 */
final class QuantityCalls {
  /** Median before the change: a second in microseconds, or a dollar in millionths. */
  static final double MEDIAN = 1e6;

  private final double sigma;
  private final Chance chance;
  private final long changeMs;
  private final Change change;
  private long nextMs;

  /**
   * What changes.
   *
   * @param share of the calls that change
   * @param factor they are multiplied with
   */
  record Change(double share, double factor) {
    static final Change NONE = new Change(0, 1);
  }

  QuantityCalls(double sigma, Chance chance, long changeMs, Change change) {
    this.sigma = sigma;
    this.chance = chance;
    this.changeMs = changeMs;
    this.change = change;
  }

  void next(Values into) {
    into.startMs = nextMs;
    boolean changed = nextMs >= changeMs;
    nextMs += Counts.WINDOW_MS;
    for (int i = 0; i < into.values.length; i++) {
      double value = MEDIAN * Math.exp(sigma * chance.gaussian());
      boolean larger = changed && (change.share() >= 1 || chance.uniform() < change.share());
      into.values[i] = Math.max(1, Math.round(larger ? value * change.factor() : value));
    }
  }
}
