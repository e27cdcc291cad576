package dev.tidemark.bench.detection;

/**
 * How large a simulated fleet is.
 *
 * @param series of the ten thousand that are simulated
 * @param days each of them lasts
 * @param shiftOneIn one in so many series doubles its rate for the last two days
 * @param threads that simulate
 */
record FleetPlan(int series, int days, int shiftOneIn, int threads) {
  /** False alerts per day that one of the ten thousand series may give. */
  static final double PER_SERIES_DAY = 1.0 / FleetSeries.FLEET;

  private static final int SHIFTED_DAYS = 2;

  long endMs() {
    return days * Counts.DAY_MS;
  }

  long changeMs() {
    return (days - SHIFTED_DAYS) * Counts.DAY_MS;
  }

  boolean shifts(FleetSeries series) {
    return series.index() % shiftOneIn == shiftOneIn / 2;
  }

  /** Threshold of one direction and window, nats. */
  static double threshold() {
    return Math.log(2.0 * FleetSeries.FLEET * Counts.PER_DAY);
  }

  /** Whether the shifted days tell half as much again as the threshold asks for. */
  static boolean feasible(FleetSeries series, double phi) {
    double calls = series.perMinute() * 1440 * SHIFTED_DAYS;
    double rate = series.rate();
    return calls * Information.perCall(2 * rate, rate) / phi >= 1.5 * threshold();
  }
}
