package dev.tidemark.bench.detection;

import java.util.ArrayDeque;

/**
 * Poisson traffic of runs; a run has a rate of its own and makes one or two calls per window until
 * it is done, so it outlasts windows.
 */
final class ClusteredCalls implements CountStream {
  private final Behaviour behaviour;
  private final double startsPerWindow;
  private final RateWalk rates;
  private final Chance chance;
  private final ArrayDeque<OpenRun> open = new ArrayDeque<>();
  private long nextMs;

  ClusteredCalls(double perWindow, Behaviour behaviour, RateWalk rates, Chance chance) {
    this.behaviour = behaviour;
    this.startsPerWindow = perWindow / behaviour.perRun();
    this.rates = rates;
    this.chance = chance;
  }

  @Override
  public void next(Counts into) {
    int starts;
    if (open.isEmpty()) {
      nextMs += chance.geometric(-Math.expm1(-startsPerWindow)) * Counts.WINDOW_MS;
      starts = chance.positivePoisson(startsPerWindow);
    } else {
      starts = chance.poisson(startsPerWindow);
    }
    into.at(nextMs);
    for (int i = 0; i < starts; i++) {
      open.add(new OpenRun(chance.runRate(rates.at(nextMs), behaviour.correlation())));
    }
    int alive = open.size();
    for (int i = 0; i < alive; i++) {
      OpenRun run = open.poll();
      run.call(into, chance);
      if (run.calls < behaviour.perRun() && chance.below(2) == 0) {
        run.call(into, chance);
      }
      if (run.calls < behaviour.perRun()) {
        open.add(run);
      }
    }
    nextMs += Counts.WINDOW_MS;
  }
}
