package dev.tidemark.core.detect;

/**
 * What is believed about a rate before the next window: a beta distribution at effective counts.
 * The predictive (beta-binomial) likelihood carries the uncertainty of the baseline, so the
 * false-alarm budget holds at any size of the baseline. Reused from window to window where it
 * matters; not thread-safe.
 */
final class BetaNull {
  /** Jeffreys prior: half an event, half a non-event. */
  static final double PRIOR = 0.5;

  private double a;
  private double b;

  /**
   * @param a effective events, prior included
   * @param b effective non-events, prior included
   */
  BetaNull(double a, double b) {
    this.a = a;
    this.b = b;
  }

  BetaNull set(double events, double others) {
    a = events;
    b = others;
    return this;
  }

  double a() {
    return a;
  }

  double b() {
    return b;
  }

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
