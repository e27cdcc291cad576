package dev.tidemark.core.detect;

import dev.tidemark.records.Signal;

/**
 * Two versions in the same windows past the very detector of the product. It lives in the package
 * of the detector to use its classes. Not thread-safe.
 */
public final class CanaryProbe {
  private static final int DIRECTIONS = 2;
  private static final BudgetPlan PLAN = new BudgetPlan(1, 1, 1);
  private final double share;
  private final Dispersion runs = new Dispersion(Signal.ERROR_RATE);
  private final CanaryDetector detector;

  /**
   * @param perDay false alarms per day it may give, both directions together
   * @param baselinePhi over-dispersion of the other version, which was there before
   */
  public CanaryProbe(double perDay, double baselinePhi) {
    this.share = perDay / DIRECTIONS;
    this.detector = new CanaryDetector(baselinePhi);
  }

  /**
   * Takes a window of independent calls of both versions; true when it raises the alarm. It starts
   * afresh after one.
   */
  public boolean observe(long startMs, long endMs, long n, long x, long othersN, long othersX) {
    runs.addClusters(new SignalCounts(n, x, n, n, x, x));
    Slice mine = new Slice(startMs, startMs, endMs, n, x);
    SignalCounts theirs = new SignalCounts(othersN, othersX, othersN, othersN, othersX, othersX);
    boolean alarm = detector.observe(mine, theirs, runs, PLAN, share) == Detector.Turn.FIRED;
    if (alarm) {
      detector.stop();
    }
    return alarm;
  }

  /** Over-dispersion it calculates with. */
  public double phi() {
    return detector.phi(runs);
  }
}
