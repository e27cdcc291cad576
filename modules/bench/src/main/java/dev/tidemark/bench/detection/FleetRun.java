package dev.tidemark.bench.detection;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * All shards of a fleet in all regimes, in turns, so that whenever it ends all regimes have come
 * equally far. What the ledger knows is not simulated again.
 */
final class FleetRun {
  private static final long TELL_EVERY_NS = TimeUnit.MINUTES.toNanos(1);
  private final FleetPlan plan;
  private final List<Contender> contenders;
  private final List<Long> seeds;
  private final FleetLedger ledger;
  private final long startedNs = System.nanoTime();
  private final long endNs;
  private long toldNs = startedNs;

  /**
   * @param minutes after which no shard is begun any more; 0 for no limit
   */
  FleetRun(
      FleetPlan plan,
      List<Contender> contenders,
      List<Long> seeds,
      FleetLedger ledger,
      long minutes) {
    this.plan = plan;
    this.contenders = contenders;
    this.seeds = seeds;
    this.ledger = ledger;
    this.endNs = minutes == 0 ? Long.MAX_VALUE : startedNs + TimeUnit.MINUTES.toNanos(minutes);
  }

  /** Sums over the shards that are known when it ends, by regime and contender. */
  Map<Regime, Map<String, FleetTally>> run() {
    List<FleetShard> shards = shards();
    List<Callable<Boolean>> parts = new ArrayList<>();
    for (FleetShard shard : shards) {
      if (ledger.get(shard) == null) {
        parts.add(() -> simulate(shard, shards.size()));
      }
    }
    Work.all(parts, plan.threads());
    Map<Regime, Map<String, FleetTally>> sums = new EnumMap<>(Regime.class);
    for (FleetShard shard : shards) {
      Map<String, FleetTally> sum =
          sums.computeIfAbsent(shard.regime(), r -> new LinkedHashMap<>());
      contenders.forEach(c -> sum.computeIfAbsent(c.name(), name -> new FleetTally()));
      Map<String, FleetTally> tallies = ledger.get(shard);
      if (tallies != null) {
        tallies.forEach((name, tally) -> sum.get(name).add(tally));
      }
    }
    return sums;
  }

  private List<FleetShard> shards() {
    List<FleetShard> shards = new ArrayList<>();
    for (int from = 0; from < plan.series(); from += FleetShard.SERIES) {
      int to = Math.min(plan.series(), from + FleetShard.SERIES);
      for (long seed : seeds) {
        for (Regime regime : Regime.values()) {
          shards.add(new FleetShard(regime, seed, from, to));
        }
      }
    }
    return shards;
  }

  private boolean simulate(FleetShard shard, int all) {
    if (System.nanoTime() - endNs >= 0) {
      return false;
    }
    FleetTrial trial = new FleetTrial(plan, shard.regime(), contenders, shard.seed());
    ledger.add(shard, trial.run(shard.from(), shard.to()));
    tell(all);
    return true;
  }

  private synchronized void tell(int all) {
    long now = System.nanoTime();
    if (now - toldNs >= TELL_EVERY_NS) {
      toldNs = now;
      System.err.println(
          Text.of(
              "bench: %,d of %,d shards of the fleet after %,d minutes",
              ledger.size(), all, TimeUnit.NANOSECONDS.toMinutes(now - startedNs)));
    }
  }
}
