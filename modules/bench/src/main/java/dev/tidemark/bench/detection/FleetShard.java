package dev.tidemark.bench.detection;

/**
 * A part of a fleet that is simulated in one go.
 *
 * @param seed of everything drawn by chance
 * @param from first of its series
 * @param to first series behind it
 */
record FleetShard(Regime regime, long seed, int from, int to) {
  /** Series of a shard: any so many neighbours stand for the whole fleet. */
  static final int SERIES = 25;
}
