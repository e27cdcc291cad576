package dev.tidemark.bench.detection;

/**
 * Page's CUSUM that knows that values are lognormal, how wide, and by how much all of them grow;
 * its threshold is set by simulation.
 */
final class OracleShift implements QuantityMethod {
  private static final int ROUNDS = 3;
  private final double slope;
  private final double middle;
  private final double threshold;
  private double sum;

  OracleShift(double sigma, double factor, double threshold) {
    double shift = Math.log(factor);
    this.slope = shift / (sigma * sigma);
    this.middle = Math.log(QuantityCalls.MEDIAN) + shift / 2;
    this.threshold = threshold;
  }

  @Override
  public boolean observe(Values window) {
    double ratio = 0;
    for (long value : window.values) {
      ratio += slope * (Math.log((double) value) - middle);
    }
    sum = Math.max(0, sum + ratio);
    if (sum < threshold) {
      return false;
    }
    sum = 0;
    return true;
  }

  /** Nats per call that a growth of all values tells. */
  static double information(double sigma, double factor) {
    double shift = Math.log(factor) / sigma;
    return shift * shift / 2;
  }

  /** Threshold at which it gives one false alarm in so many windows. */
  static double calibrated(double sigma, double factor, double windows, long simulate, long seed) {
    double h = OracleCusum.start(windows * Cell.PER_WINDOW * information(sigma, factor));
    for (int round = 0; round < ROUNDS; round++) {
      OracleShift cusum = new OracleShift(sigma, factor, h);
      QuantityCalls calls =
          new QuantityCalls(
              sigma,
              new Chance(seed, 7_000_000L + round),
              Long.MAX_VALUE,
              QuantityCalls.Change.NONE);
      Values window = new Values();
      long alarms = 0;
      for (long i = 0; i < simulate; i++) {
        calls.next(window);
        alarms += cusum.observe(window) ? 1 : 0;
      }
      h += Math.log(windows * (alarms + 0.5) / simulate);
    }
    return h;
  }
}
