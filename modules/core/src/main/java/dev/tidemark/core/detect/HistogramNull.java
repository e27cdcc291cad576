package dev.tidemark.core.detect;

/**
 * What is believed about a distribution before the next window: a Dirichlet over the bins at
 * effective counts, half a value in each bin to begin with. Its predictive likelihood carries the
 * uncertainty of the baseline.
 */
final class HistogramNull {
  private static final double PRIOR = 0.5;
  private static final double LONGEST = 200_000;
  private final Histogram counts;
  private final double scale;
  private final double total;

  HistogramNull(Histogram counts, double phi) {
    this.counts = counts;
    this.scale = Math.min(1, LONGEST / Math.max(1, counts.n())) / phi;
    this.total = PRIOR * Histogram.BINS + counts.n() * scale;
  }

  private double alpha(int bin) {
    return PRIOR + counts.count(bin) * scale;
  }

  /** Weight of a bin after everything has moved up by so many bins; zero never moves. */
  private double moved(int bin, double bins) {
    if (bin == 0) {
      return alpha(0);
    }
    int whole = (int) StrictMath.floor(bins);
    double part = bins - whole;
    return (1 - part) * above(bin - whole) + part * above(bin - whole - 1);
  }

  private double above(int bin) {
    return bin < 1 || bin >= Histogram.BINS ? 0 : alpha(bin);
  }

  /** Share of a bin. */
  double share(int bin) {
    return alpha(bin) / total;
  }

  /** ln of the predictive likelihood of values if everything had moved up by so many bins. */
  double logPredictive(Histogram values, double bins, double phi) {
    double n = values.n() / phi;
    double log = LogGamma.of(total) - LogGamma.of(total + n);
    for (int b = 0; b < Histogram.BINS; b++) {
      if (values.count(b) > 0) {
        double weight = Math.max(moved(b, bins), PRIOR);
        log += LogGamma.of(weight + values.count(b) / phi) - LogGamma.of(weight);
      }
    }
    return log;
  }

  /** ln of the likelihood of values under the mean, moved by so many bins but for a small part. */
  double logShifted(Histogram values, double bins, double unmoved, double phi) {
    double log = 0;
    for (int b = 0; b < Histogram.BINS; b++) {
      if (values.count(b) > 0) {
        double share = ((1 - unmoved) * moved(b, bins) + unmoved * alpha(b)) / total;
        log += values.count(b) / phi * StrictMath.log(share);
      }
    }
    return log;
  }

  /** ln of the likelihood of values under the mean with a part of it moved up. */
  double logTail(Histogram values, double part, int bins, double phi) {
    double log = 0;
    for (int b = 0; b < Histogram.BINS; b++) {
      if (values.count(b) > 0) {
        double share = b == 0 ? alpha(0) : (1 - part) * alpha(b) + part * above(b - bins);
        log += values.count(b) / phi * StrictMath.log(share / total);
      }
    }
    return log;
  }

  /** ln of the predictive likelihood under what a new version alone has shown. */
  double logOwn(Histogram own, Histogram values, double weight, double phi) {
    double all = weight + own.n() / phi;
    double log = LogGamma.of(all) - LogGamma.of(all + values.n() / phi);
    for (int b = 0; b < Histogram.BINS; b++) {
      if (values.count(b) > 0) {
        double alpha = weight * share(b) + own.count(b) / phi;
        log += LogGamma.of(alpha + values.count(b) / phi) - LogGamma.of(alpha);
      }
    }
    return log;
  }
}
