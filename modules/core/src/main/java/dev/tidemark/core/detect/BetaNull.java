package dev.tidemark.core.detect;

/**
 * What is believed about a rate before the next window: a beta distribution at effective counts.
 * The predictive (beta-binomial) likelihood carries the uncertainty of the baseline, so the
 * false-alarm budget holds at any size of the baseline.
 *
 * @param a effective events, prior included
 * @param b effective non-events, prior included
 */
record BetaNull(double a, double b) {
  /** Jeffreys prior: half an event, half a non-event. */
  static final double PRIOR = 0.5;

  static BetaNull ofCounts(double n, double x, double phi) {
    return new BetaNull(PRIOR + x / phi, PRIOR + (n - x) / phi);
  }

  double mean() {
    return a / (a + b);
  }

  /** ln of the predictive likelihood of x effective events in n effective trials. */
  double logPredictive(double n, double x) {
    return LogGamma.beta(a + x, b + n - x) - LogGamma.beta(a, b);
  }
}
