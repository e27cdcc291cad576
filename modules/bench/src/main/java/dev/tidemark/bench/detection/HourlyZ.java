package dev.tidemark.bench.detection;

/** Two-proportion z-test of each hour against the baseline, two-sided p below 1e-5. */
final class HourlyZ implements Method {
  private static final double CRITICAL = 4.417173;
  private final Baseline baseline = new Baseline();
  private final Tumbling hours = new Tumbling(3_600_000);

  @Override
  public boolean observe(Counts window) {
    return !baseline.takes(window)
        && hours.add(window)
        && Math.abs(z(baseline.n(), baseline.x(), hours.n(), hours.x())) > CRITICAL;
  }

  /** Pooled two-proportion z; 0 when it cannot be computed. */
  static double z(long n0, long x0, long n1, long x1) {
    if (n0 == 0 || n1 == 0 || x0 + x1 == 0 || x0 + x1 == n0 + n1) {
      return 0;
    }
    double pooled = (double) (x0 + x1) / (n0 + n1);
    double error = Math.sqrt(pooled * (1 - pooled) * (1.0 / n0 + 1.0 / n1));
    return ((double) x1 / n1 - (double) x0 / n0) / error;
  }
}
