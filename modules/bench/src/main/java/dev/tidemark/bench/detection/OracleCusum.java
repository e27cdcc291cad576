package dev.tidemark.bench.detection;

/**
 * Page's CUSUM that knows the rate before and after, with its threshold set by simulation: no
 * method can be faster on average at the same rate of false alarms (Moustakides 1986).
 */
final class OracleCusum implements Method {
  private final double event;
  private final double other;
  private final double threshold;
  private double sum;

  OracleCusum(double before, double after, double threshold) {
    this.event = Math.log(after / before);
    this.other = Math.log((1 - after) / (1 - before));
    this.threshold = threshold;
  }

  @Override
  public boolean observe(Counts window) {
    sum = Math.max(0, sum + window.x * event + (window.n - window.x) * other);
    if (sum < threshold) {
      return false;
    }
    sum = 0;
    return true;
  }

  /** Solves e^h - h - 1 = information until a false alarm (Brownian approximation). */
  static double start(double information) {
    double h = Math.log(information + 1);
    for (int i = 0; i < 50; i++) {
      h = Math.log(information + 1 + h);
    }
    return h;
  }
}
