package dev.tidemark.bench.detection;

/** Shewhart's p-chart: a minute of at least twenty calls beyond three sigma of the baseline. */
final class SigmaChart implements Method {
  private static final double SIGMAS = 3;
  private static final int FEWEST = 20;
  private final Baseline baseline = new Baseline();
  private final Tumbling minutes = new Tumbling(60_000);

  @Override
  public boolean observe(Counts window) {
    if (baseline.takes(window) || !minutes.add(window) || minutes.n() < FEWEST) {
      return false;
    }
    double p = baseline.rate();
    double seen = (double) minutes.x() / minutes.n();
    return Math.abs(seen - p) > SIGMAS * Math.sqrt(p * (1 - p) / minutes.n());
  }
}
