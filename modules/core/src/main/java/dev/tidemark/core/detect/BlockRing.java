package dev.tidemark.core.detect;

import java.util.Arrays;

/**
 * The history of a rate as at most 128 blocks of five or more expected events. When full,
 * neighbours merge in pairs and later blocks are twice as long, so the ring always covers the whole
 * history. Single windows are never judged: trimming windows of one call would remove the events.
 */
final class BlockRing {
  private static final int CAPACITY = 128;
  private static final int JUDGED = 16;
  private static final double EVENTS = 5;
  private static final double OUTLIER = 6;
  private final long[] n = new long[CAPACITY];
  private final long[] x = new long[CAPACITY];
  private int size;
  private int halvings;
  private long openN;
  private long openX;

  /** Adds a window; {@code rate} is the rate believed before it. */
  void add(long trials, long events, double rate) {
    openN += trials;
    openX += events;
    if (openN * Math.min(rate, 1 - rate) < EVENTS * (1L << halvings)) {
      return;
    }
    if (size == CAPACITY) {
      size = merge(n, x, size);
      halvings++;
    }
    n[size] = openN;
    x[size++] = openX;
    openN = 0;
    openX = 0;
  }

  int size() {
    return size;
  }

  /** Takes the newest trials and events back, as far as the open block holds them. */
  void rollBack(long trials, long events) {
    openN = Math.max(0, openN - trials);
    openX = Math.min(openN, Math.max(0, openX - events));
  }

  /**
   * Largest mean squared residual over dyadic levels, winsorised at three robust deviations; 0
   * while fewer than 16 blocks are known. Coarse levels catch what is correlated over time.
   */
  double dispersion() {
    return size < JUDGED ? 0 : dispersion(rate());
  }

  private double dispersion(double rate) {
    long[] levelN = Arrays.copyOf(n, size);
    long[] levelX = Arrays.copyOf(x, size);
    double largest = 0;
    for (int blocks = size; blocks >= JUDGED; blocks = merge(levelN, levelX, blocks)) {
      largest = Math.max(largest, winsorisedSquare(residuals(levelN, levelX, blocks, rate)));
    }
    return largest;
  }

  /**
   * Trials and events without the blocks that lie more than six deviations off: incidents of the
   * past do not belong into a baseline.
   */
  long[] robustCounts() {
    long[] sums = {openN, openX};
    double rate = rate();
    double limit =
        size < JUDGED ? Double.MAX_VALUE : OUTLIER * StrictMath.sqrt(Math.max(1, dispersion(rate)));
    double[] residuals = residuals(n, x, size, rate);
    for (int i = 0; i < size; i++) {
      if (Math.abs(residuals[i]) <= limit) {
        sums[0] += n[i];
        sums[1] += x[i];
      }
    }
    return sums;
  }

  private double rate() {
    double trials = 1;
    double events = 0.5;
    for (int i = 0; i < size; i++) {
      trials += n[i];
      events += x[i];
    }
    return events / trials;
  }

  private static double[] residuals(long[] n, long[] x, int blocks, double rate) {
    double[] residuals = new double[blocks];
    for (int i = 0; i < blocks; i++) {
      residuals[i] = (x[i] - n[i] * rate) / StrictMath.sqrt(n[i] * rate * (1 - rate));
    }
    return residuals;
  }

  private static double winsorisedSquare(double[] residuals) {
    double middle = median(residuals.clone());
    double[] distances = new double[residuals.length];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = Math.abs(residuals[i] - middle);
    }
    double reach = 3 * Math.max(1, 1.4826 * median(distances));
    double sum = 0;
    for (double residual : residuals) {
      double kept = Math.min(middle + reach, Math.max(middle - reach, residual));
      sum += kept * kept;
    }
    return sum / residuals.length;
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int half = values.length / 2;
    return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
  }

  /** Merges neighbours in place; an odd last block joins the pair before it. */
  private static int merge(long[] n, long[] x, int blocks) {
    int merged = blocks / 2;
    for (int i = 0; i < merged; i++) {
      n[i] = n[2 * i] + n[2 * i + 1];
      x[i] = x[2 * i] + x[2 * i + 1];
    }
    if (blocks % 2 == 1) {
      n[merged - 1] += n[blocks - 1];
      x[merged - 1] += x[blocks - 1];
    }
    return merged;
  }

  void write(StateWriter out) {
    out.whole(size).whole(halvings).whole(openN).whole(openX);
    for (int i = 0; i < size; i++) {
      out.whole(n[i]).whole(x[i]);
    }
  }

  static BlockRing read(StateReader in) {
    BlockRing ring = new BlockRing();
    ring.size = in.count();
    ring.halvings = in.count();
    ring.openN = in.whole();
    ring.openX = in.whole();
    for (int i = 0; i < ring.size; i++) {
      ring.n[i] = in.whole();
      ring.x[i] = in.whole();
    }
    return ring;
  }
}
