package dev.tidemark.bench.detection;

import dev.tidemark.core.detect.RateProbe;
import dev.tidemark.core.detect.RateProbe.Alarm;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Independent calls whose rate rises: how many calls ours needs and how many the oracle needs, both
 * at one measured false alarm in 100,000 windows. The baseline is as good as known: 200,000 calls.
 */
final class DelayTrial {
  private static final double ARL = 1e5;
  private static final int BASELINE_WINDOWS = 4_000;
  private static final int PATIENCE = 5_000;
  private static final int ROUNDS = 6;
  private static final int CALIBRATION_PARTS = 4;
  private static final double CLOSE = 0.25;
  private static final double LARGEST_STEP = 8;

  /** Budget per window beyond which it would be above a thousand per day. */
  private static final double MOST = 0.1;

  private final long calibrationWindows;
  private final int runs;
  private final List<Long> seeds;
  private final int threads;

  /**
   * Delays at one setting, in calls.
   *
   * @param ours mean of ours
   * @param oracle mean of the oracle
   * @param missed runs in which ours found nothing
   * @param measured false alarms of ours per million windows, as calibrated
   */
  record Outcome(
      double before, double factor, double ours, double oracle, int missed, double measured) {
    double ratio() {
      return ours / oracle;
    }
  }

  /**
   * @param calibrationWindows windows per step of calibration
   * @param runs changes per setting
   */
  DelayTrial(long calibrationWindows, int runs, List<Long> seeds, int threads) {
    this.calibrationWindows = calibrationWindows;
    this.runs = runs;
    this.seeds = seeds;
    this.threads = threads;
  }

  /** All factors at one rate; the calibration of ours serves them all. */
  List<Outcome> run(double before, double... factors) {
    double[] calibrated = calibrate(before);
    List<Outcome> outcomes = new ArrayList<>();
    for (double factor : factors) {
      double h =
          OracleCusum.calibrated(
              before, before * factor, ARL, 5 * calibrationWindows, seeds.get(0));
      double ours = 0;
      double oracle = 0;
      int missed = 0;
      for (int run = 0; run < runs; run++) {
        long calls = ours(before, factor, calibrated[0], run);
        missed += calls < 0 ? 1 : 0;
        ours += Math.abs(calls);
        oracle += oracle(before, factor, h, run);
      }
      outcomes.add(new Outcome(before, factor, ours / runs, oracle / runs, missed, calibrated[1]));
    }
    return outcomes;
  }

  /**
   * Budget per window at which ten false alarms in a million windows are measured, and these: false
   * alarms grow about as the budget does, so it is scaled by what is missing, and the step that
   * fits best is taken.
   */
  private double[] calibrate(double before) {
    Cell cell =
        new Cell(
            "calibration",
            BASELINE_WINDOWS * Cell.PER_WINDOW,
            chance -> Cell.fixed(Behaviour.iid(before), chance, Long.MAX_VALUE, 1));
    double budget = 10 * CellTrial.NOMINAL;
    double wanted = calibrationWindows / ARL;
    double[] best = {budget, Double.NaN};
    double nearest = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS && nearest > CLOSE; round++) {
      double alarms = alarms(cell, budget, round);
      double off = (alarms + 0.5) / (wanted + 0.5);
      if (Math.abs(Math.log(off)) < nearest) {
        nearest = Math.abs(Math.log(off));
        best = new double[] {budget, alarms * 1e6 / calibrationWindows};
      }
      budget /= Math.max(1 / LARGEST_STEP, Math.min(LARGEST_STEP, off));
      budget = Math.min(budget, MOST);
    }
    return best;
  }

  private double alarms(Cell cell, double budget, int round) {
    List<Callable<Long>> parts = new ArrayList<>();
    long each = calibrationWindows / CALIBRATION_PARTS;
    for (int i = 0; i < CALIBRATION_PARTS; i++) {
      Chance chance = new Chance(seeds.get(0), 500 + 100L * round + i);
      parts.add(() -> CellTrial.alarms(cell, budget, each, chance));
    }
    return Work.all(parts, threads).stream().mapToDouble(Long::doubleValue).sum();
  }

  private long ours(double before, double factor, double budget, int run) {
    RateProbe probe = RateProbe.settled(budget * Counts.PER_DAY);
    long changeMs = BASELINE_WINDOWS * Counts.WINDOW_MS;
    CountStream stream =
        Cell.fixed(Behaviour.iid(before), chance(before, factor, run), changeMs, factor);
    Counts window = new Counts();
    long calls = 0;
    for (int i = 0; i < BASELINE_WINDOWS + PATIENCE; i++) {
      stream.next(window);
      boolean after = window.startMs >= changeMs;
      calls += after ? window.n : 0;
      if (Ours.observe(probe, window)) {
        Alarm alarm = probe.alarm();
        if (after && alarm.up()) {
          return calls;
        }
        probe.rearm();
      }
    }
    return -calls;
  }

  private long oracle(double before, double factor, double h, int run) {
    Method oracle = new OracleCusum(before, before * factor, h);
    long changeMs = 500 * Counts.WINDOW_MS;
    CountStream stream =
        Cell.fixed(Behaviour.iid(before), chance(before, factor, run), changeMs, factor);
    Counts window = new Counts();
    long calls = 0;
    while (true) {
      stream.next(window);
      boolean after = window.startMs >= changeMs;
      calls += after ? window.n : 0;
      if (oracle.observe(window) && after) {
        return calls;
      }
    }
  }

  private Chance chance(double before, double factor, int run) {
    long setting = Math.round(before * 1e4) * 100 + Math.round(factor * 10);
    return new Chance(seeds.get(run % seeds.size()), setting * 10_000 + run);
  }
}
