package dev.tidemark.core.detect;

/**
 * Whether a quantity is back: the null is half of the baseline and half of what it had shifted to,
 * the alternative the baseline alone. Its own budget is one wrong end per ten days of firing.
 */
final class QuantityResolution {
  private static final double WRONG_ENDS_PER_DAY = 0.1;
  private static final double DAY_MS = 86_400_000;
  private final Histogram shifted;
  private double r;

  QuantityResolution(Histogram shifted, double r) {
    this.shifted = shifted;
    this.r = r;
  }

  /** Takes a window while firing; whether the episode is over. */
  boolean step(Slice slice, Histogram baseline, double phi) {
    double gamma = WRONG_ENDS_PER_DAY * (slice.endMs() - slice.startMs()) / DAY_MS;
    HistogramNull back = new HistogramNull().of(baseline, 1);
    HistogramNull away = new HistogramNull().of(shifted, 1);
    double log = 0;
    for (int b = 0; b < Histogram.BINS; b++) {
      long count = slice.values().count(b);
      if (count > 0) {
        double half = 0.5 * (back.share(b) + away.share(b));
        log += count / phi * StrictMath.log(back.share(b) / half);
      }
    }
    r = StrictMath.exp(Math.min(log, -StrictMath.log(gamma) / 2)) * (r + gamma);
    return r >= 1;
  }

  void write(StateWriter out) {
    shifted.write(out);
    out.real(r);
  }

  static QuantityResolution read(StateReader in) {
    return new QuantityResolution(Histogram.read(in), in.real());
  }
}
