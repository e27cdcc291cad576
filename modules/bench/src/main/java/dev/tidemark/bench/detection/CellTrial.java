package dev.tidemark.bench.detection;

import dev.tidemark.core.detect.RateProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Counts false alarms of ours in one cell; nominal is ten per million windows. */
final class CellTrial {
  /** Alarms allowed per window, both directions together. */
  static final double NOMINAL = 1e-5;

  private static final int REPLICATE = 20_000;

  /**
   * What was counted.
   *
   * @param name of the cell
   * @param alarms false ones
   * @param windows in which they were counted
   */
  record Outcome(String name, long alarms, long windows) {
    double perMillion() {
      return alarms * 1e6 / windows;
    }

    double low() {
      return Bounds.poissonLow(alarms) * 1e6 / windows;
    }

    double high() {
      return Bounds.poissonHigh(alarms) * 1e6 / windows;
    }
  }

  private CellTrial() {}

  /** At least so many windows, in histories of 20,000 that each learn a baseline of their own. */
  static Outcome run(Cell cell, long windows, List<Long> seeds, int threads) {
    List<Callable<Long>> parts = new ArrayList<>();
    long replicates = Math.max(1, windows / REPLICATE);
    for (long i = 0; i < replicates; i++) {
      long stream = cell.name().hashCode() * 100_000L + i;
      long seed = seeds.get((int) (i % seeds.size()));
      parts.add(() -> alarms(cell, NOMINAL, REPLICATE, new Chance(seed, stream)));
    }
    long alarms = Work.all(parts, threads).stream().mapToLong(Long::longValue).sum();
    return new Outcome(cell.name(), alarms, replicates * REPLICATE);
  }

  /** Alarms in one history; after each of them the detector starts afresh at once. */
  static long alarms(Cell cell, double perWindow, long windows, Chance chance) {
    CountStream stream = cell.stream().apply(chance);
    RateProbe probe = RateProbe.settled(perWindow * Counts.PER_DAY);
    Counts window = new Counts();
    for (long calls = 0; calls < cell.baselineCalls(); calls += window.n) {
      stream.next(window);
      if (Ours.observe(probe, window)) {
        probe.rearm();
      }
    }
    long alarms = 0;
    for (long i = 0; i < windows; i++) {
      stream.next(window);
      if (Ours.observe(probe, window)) {
        alarms++;
        probe.rearm();
      }
    }
    return alarms;
  }
}
