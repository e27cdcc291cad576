package dev.tidemark.bench.detection;

/** What one call can tell about a shift of a rate. */
final class Information {
  private Information() {}

  /** Kullback-Leibler divergence of a rate from another, nats per call. */
  static double perCall(double after, double before) {
    return after * Math.log(after / before) + (1 - after) * Math.log((1 - after) / (1 - before));
  }

  /** Calls that a shift needs at least, to first order: log(1 / gamma) phi / KL. */
  static double bound(double before, double after, double phi, double threshold) {
    return threshold * phi / perCall(after, before);
  }
}
