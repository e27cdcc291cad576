package dev.tidemark.bench.baseline;

/** Increments of the per-run cluster sums. */
public final class ClusterIncrements {
  private ClusterIncrements() {}

  /**
   * What one more attempt adds to the sums over runs, given what the run had before in the series.
   *
   * @param n attempts of the run before
   * @param retries of them, retries
   * @param errors of them, failed
   * @param denied of them, denied
   * @param identicals of them, identical to an earlier one of the run
   */
  public static long[] ofAttempt(
      long n,
      long retries,
      long errors,
      long denied,
      long identicals,
      boolean retry,
      boolean error,
      boolean deny,
      boolean identical) {
    return new long[] {
      n == 0 ? 1 : 0,
      2 * n + 1,
      nx(n, retries, retry),
      xx(retries, retry),
      nx(n, errors, error),
      xx(errors, error),
      nx(n, denied, deny),
      xx(denied, deny),
      nx(n, identicals, identical),
      xx(identicals, identical)
    };
  }

  private static long nx(long n, long x, boolean event) {
    return event ? x + n + 1 : x;
  }

  private static long xx(long x, boolean event) {
    return event ? 2 * x + 1 : 0;
  }
}
