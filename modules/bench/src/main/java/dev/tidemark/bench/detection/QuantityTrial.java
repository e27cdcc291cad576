package dev.tidemark.bench.detection;

import dev.tidemark.bench.detection.QuantityCalls.Change;
import java.util.List;
import java.util.function.Supplier;

/** False alarms and delays of methods that watch a quantity, after a baseline of 5,000 calls. */
final class QuantityTrial {
  private static final int BASELINE_WINDOWS = 5_000 / Cell.PER_WINDOW;
  private static final int HISTORY = 20_000;
  private static final int PATIENCE = 2_000;
  private final double sigma;
  private final List<Long> seeds;

  QuantityTrial(double sigma, List<Long> seeds) {
    this.sigma = sigma;
    this.seeds = seeds;
  }

  /** False alarms in so many windows, in histories of 20,000 that each begin anew. */
  CellTrial.Outcome falseAlarms(String name, Supplier<QuantityMethod> methods, long windows) {
    long histories = Math.max(1, windows / HISTORY);
    long alarms = 0;
    Values window = new Values();
    for (int i = 0; i < histories; i++) {
      QuantityMethod method = methods.get();
      QuantityCalls calls = calls(8_000_000L + i, i, Long.MAX_VALUE, Change.NONE);
      for (int w = 0; w < BASELINE_WINDOWS; w++) {
        calls.next(window);
        method.observe(window);
      }
      for (int w = 0; w < HISTORY; w++) {
        calls.next(window);
        alarms += method.observe(window) ? 1 : 0;
      }
    }
    return new CellTrial.Outcome(name, alarms, histories * HISTORY);
  }

  /**
   * Mean calls from a change to the alarm; changes that are not found count with all of the
   * patience of 100,000 calls.
   */
  double delay(Supplier<QuantityMethod> methods, Change change, int runs) {
    double sum = 0;
    Values window = new Values();
    long changeMs = BASELINE_WINDOWS * Counts.WINDOW_MS;
    for (int run = 0; run < runs; run++) {
      QuantityMethod method = methods.get();
      QuantityCalls calls = calls(9_000_000L + run, run, changeMs, change);
      int after = 0;
      boolean found = false;
      for (int w = 0; !found && w < BASELINE_WINDOWS + PATIENCE; w++) {
        calls.next(window);
        boolean alarm = method.observe(window);
        boolean changed = window.startMs >= changeMs;
        after += changed ? 1 : 0;
        found = changed && alarm;
      }
      sum += (double) after * Cell.PER_WINDOW;
    }
    return sum / runs;
  }

  private QuantityCalls calls(long stream, int run, long changeMs, Change change) {
    long setting = Math.round(sigma * 10) * 1_000_000_000L;
    Chance chance = new Chance(seeds.get(run % seeds.size()), setting + stream);
    return new QuantityCalls(sigma, chance, changeMs, change);
  }
}
