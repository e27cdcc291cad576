package dev.tidemark.bench.detection;

import dev.tidemark.core.detect.CanaryProbe;
import java.util.List;

/**
 * A new version beside the old one in the same windows while the rate of both has a daily season of
 * 50 %: false alarms, and calls of the new version until a doubling is told.
 */
final class CanaryTrial {
  private static final int CANARY_CALLS = 50;
  private static final double SEASON = 0.5;
  private static final int HISTORY = 100_000;
  private static final int PATIENCE = 20_000;
  private static final double PER_DAY = CellTrial.NOMINAL * Counts.PER_DAY;

  /** Budget of the first day where delays are measured: 1e-5 per direction, 11.5 nats. */
  private static final double PER_CHANGE = 2e-5;

  private final double rate;
  private final int othersPerCall;
  private final List<Long> seeds;

  /**
   * What a doubling took.
   *
   * @param calls of the new version, mean
   * @param bound the same, as the information of the shares allows with phi one
   * @param phi that the detector used at the end, mean
   */
  record Delay(double calls, double bound, double phi) {}

  /**
   * @param othersPerCall calls of the old version for each call of the new one
   */
  CanaryTrial(double rate, int othersPerCall, List<Long> seeds) {
    this.rate = rate;
    this.othersPerCall = othersPerCall;
    this.seeds = seeds;
  }

  CellTrial.Outcome falseAlarms(long windows) {
    long histories = Math.max(1, windows / HISTORY);
    long alarms = 0;
    for (int i = 0; i < histories; i++) {
      Pair pair = new Pair(10_000_000L + i, i, 1);
      CanaryProbe probe = new CanaryProbe(PER_DAY, 1);
      for (int w = 0; w < HISTORY; w++) {
        alarms += pair.observe(probe) ? 1 : 0;
      }
    }
    String share = "canary share 1 in " + (othersPerCall + 1);
    return new CellTrial.Outcome(
        share + ", " + Math.round(100 * rate) + " %", alarms, histories * HISTORY);
  }

  /** A new version whose rate is twice as high from its first call on. */
  Delay delay(int runs) {
    double calls = 0;
    double phi = 0;
    for (int run = 0; run < runs; run++) {
      Pair pair = new Pair(11_000_000L + run, run, 2);
      CanaryProbe probe = new CanaryProbe(PER_CHANGE, 1);
      boolean found = false;
      for (int w = 0; !found && w < PATIENCE; w++) {
        found = pair.observe(probe);
        calls += CANARY_CALLS;
      }
      phi += probe.phi();
    }
    return new Delay(calls / runs, bound(), phi / runs);
  }

  /**
   * First order bound with the budget that a canary spends at once for its first day: given that an
   * event happened, it tells the new version's share of events from its share of calls.
   */
  private double bound() {
    double threshold = Math.log(2 / PER_CHANGE);
    double mine = 2 * rate;
    double theirs = rate * othersPerCall;
    double after = mine / (mine + theirs);
    double before = 1.0 / (1 + othersPerCall);
    return threshold / ((mine + theirs) * Information.perCall(after, before));
  }

  /** Both versions, window by window. */
  private final class Pair {
    private final Chance chance;
    private final RateWalk mine;
    private final RateWalk theirs;
    private long startMs;

    Pair(long stream, int run, double factor) {
      long setting = Math.round(rate * 1e4) * 1_000 + othersPerCall;
      chance = new Chance(seeds.get(run % seeds.size()), setting * 100_000_000 + stream);
      Behaviour season = Behaviour.seasonal(rate, SEASON);
      mine = new RateWalk(season, chance, 0, factor);
      theirs = new RateWalk(season, chance, Long.MAX_VALUE, 1);
      startMs = chance.below((int) Counts.PER_DAY) * Counts.WINDOW_MS;
    }

    boolean observe(CanaryProbe probe) {
      int others = CANARY_CALLS * othersPerCall;
      long x = chance.binomial(CANARY_CALLS, mine.at(startMs));
      long theirX = chance.binomial(others, theirs.at(startMs));
      long endMs = startMs + Counts.WINDOW_MS;
      boolean alarm = probe.observe(startMs, endMs, CANARY_CALLS, x, others, theirX);
      startMs = endMs;
      return alarm;
    }
  }
}
