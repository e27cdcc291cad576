package dev.tidemark.core.detect;

/**
 * What is believed about a distribution before the next window: a Dirichlet over the bins at
 * effective counts, half a value in each bin to begin with. Its predictive likelihood carries the
 * uncertainty of the baseline. Reused from window to window; not thread-safe.
 */
final class HistogramNull {
  /** Values in each bin to begin with. */
  static final double PRIOR = 0.5;

  private static final double LONGEST = 200_000;
  private Histogram counts;
  private double scale;
  private double total;
  private final double[] factors = new double[Histogram.SLOTS];

  /**
   * Believes what was counted.
   *
   * @param weight effective values for each one counted
   */
  HistogramNull of(Histogram seen, double weight) {
    counts = seen;
    scale = scale(seen.n(), weight);
    total = total(seen.n() * scale);
    return this;
  }

  /** Effective values for each of n counted: of very many the oldest are forgotten. */
  static double scale(long n, double weight) {
    return n > LONGEST ? LONGEST / n * weight : weight;
  }

  /** Effective values in all bins together, those to begin with included. */
  static double total(double effective) {
    return PRIOR * Histogram.BINS + effective;
  }

  private double alpha(int bin) {
    return PRIOR + counts.real(bin) * scale;
  }

  /** Share of a bin. */
  double share(int bin) {
    return alpha(bin) / total;
  }

  /** ln of the predictive likelihood of values. */
  double logPredictive(EffectiveValues values) {
    double rest = -LogGamma.rising(total, values.n());
    for (int i = 0; i < values.filled(); i++) {
      rest += rising(alpha(values.bin(i)), i, values);
    }
    return rest + values.log(factors);
  }

  /**
   * ln of the predictive likelihood under what a new version alone has shown. Its prior is no
   * smaller than that of the null: otherwise what both put into bins that never fill would count as
   * a difference.
   *
   * @param prior values that what is believed here counts for
   */
  double logOwn(Histogram own, EffectiveValues values, double prior) {
    double known = PRIOR * Histogram.BINS + prior + own.n() * values.weight();
    double perAlpha = prior / total;
    double rest = -LogGamma.rising(known, values.n());
    for (int i = 0; i < values.filled(); i++) {
      int b = values.bin(i);
      double alpha = PRIOR + perAlpha * alpha(b) + own.real(b) * values.weight();
      rest += rising(alpha, i, values);
    }
    return rest + values.log(factors);
  }

  /**
   * ln Gamma(alpha + count) / Gamma(alpha) of a bin without what its factor tells: of a large alpha
   * that is a power of alpha itself, so that only a short series is left.
   */
  private double rising(double alpha, int i, EffectiveValues values) {
    double count = values.count(i);
    boolean series = LogGamma.isLarge(alpha, count);
    factors[values.slot(i)] = series ? alpha : 1;
    return series ? LogGamma.afterPower(alpha, count) : LogGamma.rising(alpha, count);
  }
}
