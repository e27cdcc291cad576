package dev.tidemark.bench.detection;

/**
 * The probability of an event, window by window: season, slow wandering, and a lasting change from
 * a time on. Not thread-safe.
 */
final class RateWalk {
  private static final double MOST = 0.98;
  private final Behaviour behaviour;
  private final Chance chance;
  private final long changeMs;
  private final double factor;
  private double walk;
  private long lastMs = Long.MIN_VALUE;

  /**
   * @param changeMs from when on the rate is {@code factor} times as high
   */
  RateWalk(Behaviour behaviour, Chance chance, long changeMs, double factor) {
    this.behaviour = behaviour;
    this.chance = chance;
    this.changeMs = changeMs;
    this.factor = factor;
    this.walk = behaviour.sd() == 0 ? 0 : behaviour.sd() * chance.gaussian();
  }

  /** The rate of the window that starts at a time; times do not go back. */
  double at(long startMs) {
    double rate = behaviour.rate();
    if (behaviour.season() != 0) {
      rate *= 1 + behaviour.season() * Math.sin(2 * Math.PI * startMs / Counts.DAY_MS);
    }
    if (behaviour.sd() != 0) {
      step(startMs);
      double odds = rate / (1 - rate) * Math.exp(walk);
      rate = odds / (1 + odds);
    }
    return Math.min(MOST, startMs >= changeMs ? rate * factor : rate);
  }

  private void step(long startMs) {
    if (lastMs != Long.MIN_VALUE && startMs > lastMs) {
      double windows = (double) (startMs - lastMs) / Counts.WINDOW_MS;
      double keep = Math.pow(behaviour.memory(), windows);
      walk = keep * walk + behaviour.sd() * Math.sqrt(1 - keep * keep) * chance.gaussian();
    }
    lastMs = startMs;
  }
}
