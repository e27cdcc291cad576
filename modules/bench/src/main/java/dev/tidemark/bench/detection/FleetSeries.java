package dev.tidemark.bench.detection;

/**
 * One of the ten thousand series of a simulated fleet: rates of traffic from 0.02 to 60 calls per
 * minute and of events from 0.2 to 20 %, spread evenly on the logarithm, so that any run of
 * neighbours stands for the whole.
 *
 * @param perMinute calls per minute
 * @param rate share of calls that are events
 */
record FleetSeries(int index, double perMinute, double rate) {
  static final int FLEET = 10_000;
  private static final double GOLDEN = 0.6180339887498949;
  private static final double SILVER = 0.41421356237309503;

  static FleetSeries of(int index) {
    double traffic = (index * GOLDEN) % 1;
    double events = (index * SILVER) % 1;
    return new FleetSeries(
        index, 0.02 * Math.pow(60 / 0.02, traffic), 0.002 * Math.pow(0.2 / 0.002, events));
  }

  double perWindow() {
    return perMinute * Counts.WINDOW_MS / 60_000;
  }

  CountStream stream(Behaviour behaviour, Chance chance, long changeMs, double factor) {
    RateWalk rates = new RateWalk(behaviour, chance, changeMs, factor);
    return behaviour.perRun() == 1
        ? new IndependentCalls(perWindow(), rates, chance)
        : new ClusteredCalls(perWindow(), behaviour, rates, chance);
  }
}
