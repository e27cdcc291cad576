package dev.tidemark.bench.detection;

import java.util.List;
import java.util.function.Supplier;

/**
 * How many calls methods need to tell a lasting change, fifty independent calls per window, after
 * 200,000 calls without it. Run by run all methods see the same windows. The first alarm after the
 * change counts; one before it mutes nobody, so that the delay says nothing about false alarms.
 */
final class ShiftTrial {
  static final int BASELINE_WINDOWS = 4_000;

  /** Windows before the change that do for a method that has nothing to learn. */
  static final int WARM_UP = 500;

  private static final int PATIENCE = 5_000;
  private static final double WHOLE = 1e6;
  private final Shift shift;
  private final List<Long> seeds;

  /**
   * What became of the changes.
   *
   * @param calls mean calls until the alarm; a change that was not told counts with all 250,000
   * @param found changes that were told
   * @param runs changes
   * @param phi over-dispersion that ours calculated with at the change, mean; NaN for others
   */
  record Delay(double calls, int found, int runs, double phi) {
    double share() {
      return (double) found / runs;
    }
  }

  ShiftTrial(Shift shift, List<Long> seeds) {
    this.shift = shift;
    this.seeds = seeds;
  }

  /**
   * The first so many changes.
   *
   * @param seen windows before the change that a method is shown, at most all
   */
  Delay run(Supplier<Method> methods, int runs, int seen) {
    double calls = 0;
    double phi = 0;
    int found = 0;
    for (int run = 0; run < runs; run++) {
      Method method = methods.get();
      CountStream stream = stream(run);
      Counts window = new Counts();
      for (int i = 0; i < BASELINE_WINDOWS; i++) {
        stream.next(window);
        if (i >= BASELINE_WINDOWS - seen) {
          method.observe(window);
        }
      }
      phi += method instanceof OursSettled ours ? ours.phi() : Double.NaN;
      boolean told = false;
      for (int i = 0; !told && i < PATIENCE; i++) {
        stream.next(window);
        calls += window.n;
        told = method.observe(window);
      }
      found += told ? 1 : 0;
    }
    return new Delay(calls / runs, found, runs, phi / runs);
  }

  private CountStream stream(int run) {
    long setting =
        Math.round(shift.before() * WHOLE) * 1_000_003 + Math.round(shift.after() * WHOLE);
    Chance chance = new Chance(seeds.get(run % seeds.size()), setting * 10_000 + run);
    return Cell.fixed(
        Behaviour.iid(shift.before()),
        chance,
        BASELINE_WINDOWS * Counts.WINDOW_MS,
        shift.after() / shift.before());
  }
}
