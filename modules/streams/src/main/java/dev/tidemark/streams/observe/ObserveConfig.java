package dev.tidemark.streams.observe;

import dev.tidemark.core.cost.PriceBook;
import dev.tidemark.core.run.LoopLimits;
import dev.tidemark.core.time.ArrivalPolicy;
import java.time.Duration;

/**
 * Everything observe can be told. Immutable; bounds are checked here.
 *
 * @param sourcePartitions partitions of agent-spans and agent-events, which must be equal
 * @param subjectPartitions partitions of agent-partials, agent-correlations and agent-windows,
 *     which must be equal
 * @param window length of a window (default 15 s)
 * @param lateness a record is late when arrival - end exceeds this (default 15 s)
 * @param skew an end this much after its arrival is a clock difference (default 5 min)
 * @param horizon run state outlives its last record by this (default 1 h)
 * @param inactivity a run without a root is closed after this silence (default 10 min)
 * @param flush how often partial windows and watermarks are sent (default 500 ms)
 * @param spill how often touched runs are written to their store (default 10 s)
 * @param runRetention how long summaries stay in the store (default 7 days)
 * @param windowRetention how long closed windows stay in the store (default 7 days)
 * @param loops from when on a run counts as looping (5 identical calls) and is told to while it
 *     goes on (also 5 times two or 4 times three calls in turn)
 * @param seriesCap series per tenant and task; the rest goes to the overflow series (10,000)
 * @param humanHorizon the same for a run that waits for a human; a decision answers no request that
 *     is older (default 24 h)
 * @param limits how many runs a task holds
 * @param prices what models cost whose cost nobody reported
 * @param clock who stamps arrivals
 * @param clockTolerance assumed clock difference between broker and this process (default 2 s)
 */
public record ObserveConfig(
    int sourcePartitions,
    int subjectPartitions,
    Duration window,
    Duration lateness,
    Duration skew,
    Duration horizon,
    Duration inactivity,
    Duration flush,
    Duration spill,
    Duration runRetention,
    Duration windowRetention,
    LoopLimits loops,
    int seriesCap,
    Duration humanHorizon,
    RunLimits limits,
    PriceBook prices,
    ArrivalClock clock,
    Duration clockTolerance) {

  /** Who stamps arrivals, and so how the owner of an idle partition may tell the time. */
  public enum ArrivalClock {
    /** The broker: an idle partition has reached now, less the tolerance. */
    BROKER,
    /** A player with a clock of its own: an idle partition moves on from its last arrival. */
    PRODUCER
  }

  public ObserveConfig {
    require(sourcePartitions > 0, "source partitions must be at least 1");
    require(subjectPartitions > 0, "subject partitions must be at least 1");
    require(window.toMillis() > 0, "window must be at least 1 ms");
    require(
        horizon.compareTo(window.plus(lateness)) > 0, "horizon must exceed window plus lateness");
    require(
        windowRetention.compareTo(window.plus(lateness)) > 0,
        "window retention must exceed window plus lateness");
    require(flush.toMillis() > 0 && spill.compareTo(flush) >= 0, "spill must not be below flush");
    require(humanHorizon.compareTo(horizon) >= 0, "human horizon must not be below the horizon");
    require(seriesCap > 0, "series cap must be at least 1");
  }

  /** Defaults for the given partitions. */
  public static ObserveConfig of(int sourcePartitions, int subjectPartitions) {
    return new ObserveConfig(
        sourcePartitions,
        subjectPartitions,
        Duration.ofSeconds(15),
        Duration.ofSeconds(15),
        Duration.ofMinutes(5),
        Duration.ofHours(1),
        Duration.ofMinutes(10),
        Duration.ofMillis(500),
        Duration.ofSeconds(10),
        Duration.ofDays(7),
        Duration.ofDays(7),
        LoopLimits.DEFAULT,
        10_000,
        Duration.ofHours(24),
        RunLimits.DEFAULT,
        PriceBook.EMPTY,
        ArrivalClock.BROKER,
        Duration.ofSeconds(2));
  }

  /** The same with another arrival clock. */
  public ObserveConfig withClock(ArrivalClock other) {
    return copy(flush, spill, loops, limits, prices, other);
  }

  /** The same with another flush and spill interval. */
  public ObserveConfig withFlush(Duration flushEvery, Duration spillEvery) {
    return copy(flushEvery, spillEvery, loops, limits, prices, clock);
  }

  /** The same with other limits of runs and prices. */
  public ObserveConfig with(RunLimits other, PriceBook book) {
    return copy(flush, spill, loops, other, book, clock);
  }

  /** The same with other limits of loops. */
  public ObserveConfig withLoops(LoopLimits other) {
    return copy(flush, spill, other, limits, prices, clock);
  }

  private ObserveConfig copy(
      Duration flushEvery,
      Duration spillEvery,
      LoopLimits otherLoops,
      RunLimits otherLimits,
      PriceBook book,
      ArrivalClock otherClock) {
    return new ObserveConfig(
        sourcePartitions,
        subjectPartitions,
        window,
        lateness,
        skew,
        horizon,
        inactivity,
        flushEvery,
        spillEvery,
        runRetention,
        windowRetention,
        otherLoops,
        seriesCap,
        humanHorizon,
        otherLimits,
        book,
        otherClock,
        clockTolerance);
  }

  ArrivalPolicy arrivals() {
    return new ArrivalPolicy(lateness.toMillis(), skew.toMillis(), horizon.toMillis());
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException("observe: " + sentence);
    }
  }
}
