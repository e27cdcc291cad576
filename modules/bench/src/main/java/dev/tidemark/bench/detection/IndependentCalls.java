package dev.tidemark.bench.detection;

/** Poisson traffic of calls on their own; empty windows are skipped in one step. */
final class IndependentCalls implements CountStream {
  private final double perWindow;
  private final double filled;
  private final RateWalk rates;
  private final Chance chance;
  private long nextMs;

  IndependentCalls(double perWindow, RateWalk rates, Chance chance) {
    this.perWindow = perWindow;
    this.filled = -Math.expm1(-perWindow);
    this.rates = rates;
    this.chance = chance;
  }

  @Override
  public void next(Counts into) {
    long startMs = nextMs + chance.geometric(filled) * Counts.WINDOW_MS;
    nextMs = startMs + Counts.WINDOW_MS;
    int n = chance.positivePoisson(perWindow);
    into.at(startMs).independent(n, chance.binomial(n, rates.at(startMs)));
  }
}
