package dev.tidemark.core.detect;

/**
 * Two versions in the same windows past the very detector of the product. It lives in the package
 * of the detector to use its classes. Not thread-safe.
 */
public final class CanaryProbe {
  private static final int DIRECTIONS = 2;
  private static final BudgetPlan PLAN = new BudgetPlan(1, 1, 1);
  private final double share;
  private final RateProbe own;
  private final CanaryDetector detector = new CanaryDetector();

  /**
   * @param perDay false alarms per day it may give, both directions together
   */
  public CanaryProbe(double perDay) {
    this.share = perDay / DIRECTIONS;
    this.own = RateProbe.self(perDay);
  }

  /**
   * Takes a window of independent calls of both versions; true when it raises the alarm. It starts
   * afresh after one.
   */
  public boolean observe(long startMs, long endMs, long n, long x, long othersN, long othersX) {
    own.observe(startMs, endMs, n, x, n, n, x, x);
    Slice mine = new Slice(startMs, startMs, endMs, n, x);
    SignalCounts theirs = new SignalCounts(othersN, othersX, othersN, othersN, othersX, othersX);
    boolean alarm = detector.observe(mine, theirs, own.phi(), PLAN, share) == Detector.Turn.FIRED;
    if (alarm) {
      detector.stop();
    }
    return alarm;
  }

  /** Over-dispersion it calculates with. */
  public double phi() {
    return own.phi();
  }
}
