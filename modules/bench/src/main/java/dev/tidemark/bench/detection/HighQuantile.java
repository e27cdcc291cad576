package dev.tidemark.bench.detection;

import java.util.Arrays;

/**
 * The rule of most latency monitors: the 95th percentile of the last five windows is so many times
 * that of the first 5,000 calls.
 */
final class HighQuantile implements QuantityMethod {
  private static final double QUANTILE = 0.95;
  private static final int WINDOWS = 5;
  private static final int BASELINE = 5_000 / Cell.PER_WINDOW;
  private final double times;
  private final long[] learned = new long[BASELINE * Cell.PER_WINDOW];
  private final long[] last = new long[WINDOWS * Cell.PER_WINDOW];
  private final long[] sorted = new long[WINDOWS * Cell.PER_WINDOW];
  private double usual;
  private int seen;

  HighQuantile(double times) {
    this.times = times;
  }

  @Override
  public boolean observe(Values window) {
    int at = seen++;
    if (at < BASELINE) {
      System.arraycopy(window.values, 0, learned, at * Cell.PER_WINDOW, Cell.PER_WINDOW);
      if (at == BASELINE - 1) {
        Arrays.sort(learned);
        usual = at(learned);
      }
      return false;
    }
    System.arraycopy(window.values, 0, last, at % WINDOWS * Cell.PER_WINDOW, Cell.PER_WINDOW);
    if (at < BASELINE + WINDOWS) {
      return false;
    }
    System.arraycopy(last, 0, sorted, 0, last.length);
    Arrays.sort(sorted);
    return at(sorted) > times * usual;
  }

  private static double at(long[] ascending) {
    return ascending[(int) Math.ceil(QUANTILE * ascending.length) - 1];
  }
}
