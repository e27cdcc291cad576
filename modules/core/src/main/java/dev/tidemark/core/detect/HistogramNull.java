package dev.tidemark.core.detect;

/**
 * What is believed about a distribution before the next window: a Dirichlet over the bins at
 * effective counts, half a value in each bin to begin with. Its predictive likelihood carries the
 * uncertainty of the baseline. Reused from window to window; not thread-safe.
 */
final class HistogramNull {
  private static final double PRIOR = 0.5;
  private static final double LONGEST = 200_000;
  private static final double SUPPOSED = 3_000;
  private Histogram counts;
  private Histogram without;
  private double scale;
  private double total;
  private final LogProduct product = new LogProduct();

  /** Believes what was counted, at effective counts. */
  HistogramNull of(Histogram seen, double phi) {
    return of(seen, null, phi);
  }

  /**
   * The same without a part of it.
   *
   * @param part what was counted since a change that may have happened; null for nothing
   */
  HistogramNull of(Histogram seen, Histogram part, double phi) {
    long n = seen.n() - (part == null ? 0 : part.n());
    counts = seen;
    without = part;
    scale = Math.min(1, LONGEST / Math.max(1, n)) / phi;
    total = PRIOR * Histogram.BINS + n * scale;
    return this;
  }

  private double alpha(int bin) {
    long count = counts.count(bin) - (without == null ? 0 : without.count(bin));
    return PRIOR + count * scale;
  }

  private double above(int bin) {
    return bin < 1 || bin >= Histogram.BINS ? 0 : alpha(bin);
  }

  /** Share of a bin. */
  double share(int bin) {
    return alpha(bin) / total;
  }

  /** ln of the predictive likelihood of values. */
  double logPredictive(EffectiveValues values) {
    double log = -logRising(total, values.counted(), values);
    product.clear();
    for (int i = 0; i < values.filled(); i++) {
      log += risen(alpha(values.bin(i)), i, values);
    }
    return log + product.ln();
  }

  /**
   * ln of the likelihood of values under the mean moved up by so many bins, but for a small part;
   * zero never moves.
   *
   * @param after what came since the change and is learned from; null for nothing
   */
  double logShifted(EffectiveValues values, double bins, double unmoved, Histogram after) {
    int whole = (int) StrictMath.floor(bins);
    double part = bins - whole;
    product.clear();
    for (int i = 0; i < values.filled(); i++) {
      int b = values.bin(i);
      double moved =
          b == 0 ? alpha(0) : (1 - part) * above(b - whole) + part * above(b - whole - 1);
      double share = ((1 - unmoved) * moved + unmoved * alpha(b)) / total;
      product.times(learned(share, after, b, values), values.counted(i));
    }
    return values.weight() * product.ln();
  }

  /** ln of the likelihood of values under the mean with a part of it moved up. */
  double logTail(EffectiveValues values, double part, int bins, Histogram after) {
    product.clear();
    for (int i = 0; i < values.filled(); i++) {
      int b = values.bin(i);
      double moved = b == 0 ? alpha(0) : (1 - part) * alpha(b) + part * above(b - bins);
      product.times(learned(moved / total, after, b, values), values.counted(i));
    }
    return values.weight() * product.ln();
  }

  /**
   * Share of a bin as an alternative learns it: what it supposes counts as much as so many calls.
   * No change is exactly what was supposed, and without this the null, which learns every change,
   * would come to know it better.
   */
  private static double learned(double supposed, Histogram after, int bin, EffectiveValues values) {
    return after == null
        ? supposed
        : (SUPPOSED * supposed + after.count(bin) * values.weight())
            / (SUPPOSED + after.n() * values.weight());
  }

  /**
   * ln of the predictive likelihood under what a new version alone has shown. Its prior is no
   * smaller than that of the null: otherwise what both put into bins that never fill would count as
   * a difference.
   */
  double logOwn(Histogram own, EffectiveValues values, double weight, double phi) {
    double all = PRIOR * Histogram.BINS + weight + own.n() / phi;
    double log = -logRising(all, values.counted(), values);
    product.clear();
    for (int i = 0; i < values.filled(); i++) {
      int b = values.bin(i);
      log += risen(PRIOR + weight * share(b) + own.count(b) / phi, i, values);
    }
    return log + product.ln();
  }

  /** ln Gamma(alpha + count) / Gamma(alpha) of a bin, or 0 when it went into the product. */
  private double risen(double alpha, int i, EffectiveValues values) {
    if (values.weight() == 1) {
      product.rising(alpha, values.counted(i));
      return 0;
    }
    return LogGamma.of(alpha + values.count(i)) - LogGamma.of(alpha);
  }

  private static double logRising(double from, long counted, EffectiveValues values) {
    return LogGamma.of(from + counted * values.weight()) - LogGamma.of(from);
  }
}
