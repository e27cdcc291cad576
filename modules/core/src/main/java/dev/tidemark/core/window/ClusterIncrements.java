package dev.tidemark.core.window;

import dev.tidemark.records.ClusterSums;

/** Increments of the per-run cluster sums, in the field order of {@link ClusterSums}. */
public final class ClusterIncrements {
  private static final int RUNS = 0;
  private static final int NN = 1;
  private static final int FIRST_PAIR = 2;
  private static final int EVENTS = 4;

  private ClusterIncrements() {}

  /**
   * Adds what one more attempt adds to the sums over runs.
   *
   * @param n attempts of the run in the series before it
   * @param before of them, sixteen bits each from the lowest: retries, failed, denied, identical to
   *     an earlier one
   * @param events which of these the attempt is, a bit each in that order
   * @param sign 1, or -1 to take it back
   */
  public static void add(WindowTotals totals, int n, long before, int events, int sign) {
    totals.addCluster(RUNS, n == 0 ? sign : 0);
    totals.addCluster(NN, (2L * n + 1) * sign);
    if (before == 0 && events == 0) {
      return;
    }
    for (int i = 0; i < EVENTS; i++) {
      long x = (before >>> (16 * i)) & 0xffff;
      boolean event = (events & (1 << i)) != 0;
      if (event || x != 0) {
        totals.addCluster(FIRST_PAIR + 2 * i, (event ? x + n + 1 : x) * sign);
        totals.addCluster(FIRST_PAIR + 2 * i + 1, event ? (2 * x + 1) * sign : 0);
      }
    }
  }

  static ClusterSums toRecord(long[] s) {
    for (long value : s) {
      if (value != 0) {
        return new ClusterSums(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[8], s[9]);
      }
    }
    return null;
  }
}
