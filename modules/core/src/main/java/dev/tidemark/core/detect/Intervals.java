package dev.tidemark.core.detect;

import dev.tidemark.records.RateEvidence;
import java.util.function.DoubleUnaryOperator;

/** Intervals of a rate at effective counts n / phi, x / phi. */
final class Intervals {
  private static final double LEVEL = 0.95;
  private static final double CHOSEN_LEVEL = 0.9999;
  private static final int HALVINGS = 60;

  private Intervals() {}

  /** Equal-tailed interval of the beta posterior under Jeffreys prior; level 0.95. */
  static RateEvidence jeffreys(long n, long x, double phi) {
    BetaNull posterior = BetaNull.ofCounts((double) n, (double) x, phi);
    double tail = (1 - LEVEL) / 2;
    double low = x == 0 ? 0 : solve(p -> BetaCdf.of(posterior.a(), posterior.b(), p) - tail, 0, 1);
    double high =
        x == n ? 1 : solve(p -> BetaCdf.of(posterior.a(), posterior.b(), p) - 1 + tail, 0, 1);
    return evidence(n, x, low, high);
  }

  /**
   * Confidence sequence: holds at every time of looking at once. Robbins' mixture with Jeffreys
   * prior (Howard, Ramdas, McAuliffe, Sekhon 2021, proposition 7). Calculated at 0.9999, so that it
   * covers in 95 % of alerts although data chose the time of the change (RATIONALE.md).
   */
  static RateEvidence anytime(long n, long x, double phi) {
    double trials = n / phi;
    double events = x / phi;
    double mixture = new BetaNull(BetaNull.PRIOR, BetaNull.PRIOR).logPredictive(trials, events);
    double limit = mixture - StrictMath.log(1 / (1 - CHOSEN_LEVEL));
    DoubleUnaryOperator above =
        p ->
            events * StrictMath.log(Odds.clamp(p))
                + (trials - events) * StrictMath.log(1 - Odds.clamp(p))
                - limit;
    double top = n == 0 ? 0.5 : (double) x / n;
    double low = above.applyAsDouble(0) >= 0 ? 0 : solve(above, 0, top);
    double high = above.applyAsDouble(1) >= 0 ? 1 : solve(p -> -above.applyAsDouble(p), top, 1);
    return evidence(n, x, low, high);
  }

  private static RateEvidence evidence(long n, long x, double low, double high) {
    return new RateEvidence(n, x, n == 0 ? 0 : (double) x / n, low, high, LEVEL);
  }

  /** Zero of a function that is below zero at {@code low} and above it at {@code high}. */
  private static double solve(DoubleUnaryOperator rising, double low, double high) {
    double from = low;
    double to = high;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (from + to) / 2;
      if (rising.applyAsDouble(middle) < 0) {
        from = middle;
      } else {
        to = middle;
      }
    }
    return (from + to) / 2;
  }
}
