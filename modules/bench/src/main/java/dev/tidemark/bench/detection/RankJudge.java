package dev.tidemark.bench.detection;

import java.util.Arrays;

/**
 * A re-implementation of the judge of Netflix' Kayenta with its published defaults: every hour a
 * Mann-Whitney test of up to sixty one-minute rates against sixty of the baseline, confidence 0.98,
 * tolerance a quarter of the Hodges-Lehmann estimate. HIGH and LOW are alarms.
 */
final class RankJudge implements Method {
  private static final double CRITICAL = 2.326348;
  private static final double TOLERANCE = 0.25;
  private static final int INTERVALS = 60;
  private static final int FEWEST = 10;
  private final Baseline baseline = new Baseline();
  private final Tumbling minutes = new Tumbling(60_000);
  private final double[] control = new double[INTERVALS];
  private final double[] experiment = new double[INTERVALS];
  private int controls;
  private int seen;
  private long hour = Long.MIN_VALUE;

  @Override
  public boolean observe(Counts window) {
    boolean before = baseline.takes(window);
    if (!minutes.add(window)) {
      return false;
    }
    double rate = (double) minutes.x() / minutes.n();
    if (before) {
      control[controls % INTERVALS] = rate;
      controls++;
      return false;
    }
    long its = Math.floorDiv(minutes.startMs(), 3_600_000L);
    boolean alarm = false;
    if (its != hour) {
      int known = Math.min(controls, INTERVALS);
      alarm = seen >= FEWEST && known >= FEWEST && differs(control, known, experiment, seen);
      hour = its;
      seen = 0;
    }
    experiment[seen++] = rate;
    return alarm;
  }

  /** Whether the interval of the shift lies beyond the tolerated part of its estimate. */
  static boolean differs(double[] control, int m, double[] experiment, int n) {
    double[] shifts = new double[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        shifts[i * n + j] = experiment[j] - control[i];
      }
    }
    Arrays.sort(shifts);
    int pairs = shifts.length;
    double estimate = (shifts[(pairs - 1) / 2] + shifts[pairs / 2]) / 2;
    double spread = CRITICAL * Math.sqrt(pairs * (m + n + 1) / 12.0);
    int rank = (int) Math.max(0, Math.floor(pairs / 2.0 - spread));
    double limit = TOLERANCE * Math.abs(estimate);
    return shifts[rank] > limit || shifts[pairs - 1 - rank] < -limit;
  }
}
