package dev.tidemark.bench.detection;

/**
 * Page's CUSUM that knows the rate before and after, with its threshold set by simulation: no
 * method can be faster on average at the same rate of false alarms (Moustakides 1986).
 */
final class OracleCusum implements Method {
  private static final int ROUNDS = 3;
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

  /** Threshold at which it gives one false alarm in so many windows of independent calls. */
  static double calibrated(double before, double after, double windows, long simulate, long seed) {
    double h = start(windows * Cell.PER_WINDOW * Information.perCall(after, before));
    for (int round = 0; round < ROUNDS; round++) {
      OracleCusum cusum = new OracleCusum(before, after, h);
      CountStream stream =
          Cell.fixed(Behaviour.iid(before), new Chance(seed, 77L + round), Long.MAX_VALUE, 1);
      Counts window = new Counts();
      long alarms = 0;
      for (long i = 0; i < simulate; i++) {
        stream.next(window);
        alarms += cusum.observe(window) ? 1 : 0;
      }
      h += Math.log(windows * (alarms + 0.5) / simulate);
    }
    return h;
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
