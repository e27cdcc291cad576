package dev.tidemark.bench.detection;

/**
 * The same number of calls in every window. Calls of runs are dealt to a pool of runs under way, so
 * that a run of ten calls outlasts a window of fifty.
 */
final class FixedCalls implements CountStream {
  private static final int POOL = 20;
  private final int perWindow;
  private final Behaviour behaviour;
  private final RateWalk rates;
  private final Chance chance;
  private final OpenRun[] pool;
  private long nextMs;

  FixedCalls(int perWindow, Behaviour behaviour, RateWalk rates, Chance chance) {
    this.perWindow = perWindow;
    this.behaviour = behaviour;
    this.rates = rates;
    this.chance = chance;
    this.pool = new OpenRun[behaviour.perRun() == 1 ? 0 : POOL];
  }

  @Override
  public void next(Counts into) {
    into.at(nextMs);
    double rate = rates.at(nextMs);
    nextMs += Counts.WINDOW_MS;
    if (pool.length == 0) {
      into.independent(perWindow, chance.binomial(perWindow, rate));
      return;
    }
    for (int i = 0; i < perWindow; i++) {
      int at = chance.below(POOL);
      if (pool[at] == null || pool[at].calls == behaviour.perRun()) {
        pool[at] = new OpenRun(chance.runRate(rate, behaviour.correlation()));
      }
      pool[at].call(into, chance);
    }
  }
}
