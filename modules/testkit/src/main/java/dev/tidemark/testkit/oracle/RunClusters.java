package dev.tidemark.testkit.oracle;

import dev.tidemark.records.ClusterSums;
import java.util.List;

/** Growth of the sums over runs of n^2, n*x and x^2 by the attempts of one window. */
final class RunClusters {
  private long runs;
  private long nn;
  private final long[] nx = new long[4];
  private final long[] xx = new long[4];

  /**
   * Adds what one more attempt makes of its run's part.
   *
   * @param before the attempts of the run in the series before it
   */
  void grow(List<Attempt> before, Attempt attempt) {
    long n = before.size();
    runs += n == 0 ? 1 : 0;
    nn += (n + 1) * (n + 1) - n * n;
    for (int what = 0; what < nx.length; what++) {
      int kind = what;
      long x = before.stream().filter(a -> is(a, kind)).count();
      long now = x + (is(attempt, kind) ? 1 : 0);
      nx[what] += (n + 1) * now - n * x;
      xx[what] += now * now - x * x;
    }
  }

  private static boolean is(Attempt attempt, int kind) {
    return switch (kind) {
      case 0 -> attempt.retry();
      case 1 -> attempt.fact().failed();
      case 2 -> attempt.fact().denied();
      default -> attempt.identical();
    };
  }

  /** The record; null when no attempt was added. */
  ClusterSums toRecord() {
    return nn == 0
        ? null
        : new ClusterSums(runs, nn, nx[0], xx[0], nx[1], xx[1], nx[2], xx[2], nx[3], xx[3]);
  }
}
