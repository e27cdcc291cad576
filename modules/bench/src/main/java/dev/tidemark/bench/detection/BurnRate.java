package dev.tidemark.bench.detection;

/**
 * The page of Google's SRE workbook for a 30-day objective: both the last five minutes and the last
 * hour burn the budget 14.4 times as fast as allowed. The budget is the usual rate.
 */
final class BurnRate implements Method {
  private static final double FACTOR = 14.4;
  private final Baseline baseline = new Baseline();
  private final Trailing shortSpan = new Trailing(5, 60_000);
  private final Trailing longSpan = new Trailing(60, 60_000);

  @Override
  public boolean observe(Counts window) {
    if (baseline.takes(window)) {
      return false;
    }
    shortSpan.add(window);
    longSpan.add(window);
    double limit = FACTOR * baseline.rate();
    return shortSpan.rate() > limit && longSpan.rate() > limit;
  }
}
