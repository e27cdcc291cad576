package dev.tidemark.core.detect;

import java.util.Arrays;

/**
 * The history of a rate as at most 64 blocks of five or more expected events. When full, neighbours
 * merge in pairs and later blocks are twice as long, so the ring always covers the whole history.
 * Single windows are never judged: trimming windows of one call would remove the events.
 */
final class BlockRing {
  private static final int CAPACITY = 64;
  private static final int JUDGED = 16;
  private static final double EVENTS = 5;
  private static final double OUTLIER = 6;
  private static final double HUNDREDTHS = 100;

  /** Deviations of the estimate that chance explains. */
  static final double CHANCE = 2;

  /** The same where a shift of the level looks much like dispersion. */
  static final double LARGE_CHANCE = 3;

  private static final double ROOT_OF_TWO = 1.4142135623730951;
  private final long[] n = new long[CAPACITY];
  private final long[] x = new long[CAPACITY];

  /** Events that were expected, in hundredths. */
  private final long[] expected = new long[CAPACITY];

  private int size;
  private int halvings;
  private long openN;
  private long openX;
  private double openExpected;

  /** Adds a window; {@code rate} is the rate believed before it, its hour considered. */
  void add(long trials, long events, double rate) {
    openN += trials;
    openX += events;
    openExpected += trials * rate;
    if (openN * Math.min(rate, 1 - rate) < EVENTS * (1L << halvings)) {
      return;
    }
    if (size == CAPACITY) {
      size = merge(n, x, expected, size);
      halvings++;
    }
    n[size] = openN;
    expected[size] = (long) StrictMath.rint(HUNDREDTHS * openExpected);
    x[size++] = openX;
    openN = 0;
    openX = 0;
    openExpected = 0;
  }

  int size() {
    return size;
  }

  /** Takes the newest trials and events back, as far as the open block holds them. */
  void rollBack(long trials, long events) {
    double kept = openN == 0 ? 0 : (double) Math.max(0, openN - trials) / openN;
    openExpected *= kept;
    openN = Math.max(0, openN - trials);
    openX = Math.min(openN, Math.max(0, openX - events));
  }

  /**
   * Largest dispersion over dyadic levels that chance does not explain, winsorised at three robust
   * deviations; 1 when chance explains all of them, 0 while fewer than 16 blocks are known. Coarse
   * levels catch what is correlated over time.
   *
   * @param chance deviations of the estimate that chance explains
   */
  double dispersion(double chance) {
    if (size < JUDGED) {
      return 0;
    }
    long[] levelN = Arrays.copyOf(n, size);
    long[] levelX = Arrays.copyOf(x, size);
    long[] levelExpected = Arrays.copyOf(expected, size);
    double scale = scale();
    double largest = 1;
    int blocks = size;
    while (blocks >= JUDGED) {
      double square = winsorisedSquare(residuals(levelN, levelX, levelExpected, blocks, scale));
      if (square > 1 + chance * StrictMath.sqrt(3.0 / blocks)) {
        largest = Math.max(largest, square);
      }
      blocks = merge(levelN, levelX, levelExpected, blocks);
    }
    return largest;
  }

  /**
   * Trials and events without the blocks that lie more than six deviations off: incidents of the
   * past do not belong into a baseline.
   */
  long[] robustCounts() {
    long[] sums = {openN, openX};
    double limit =
        size < JUDGED
            ? Double.MAX_VALUE
            : OUTLIER * StrictMath.sqrt(Math.max(1, dispersion(CHANCE)));
    double[] residuals = residuals(n, x, expected, size, scale());
    for (int i = 0; i < size; i++) {
      if (Math.abs(residuals[i]) <= limit) {
        sums[0] += n[i];
        sums[1] += x[i];
      }
    }
    return sums;
  }

  /** What makes the expected events as many as came: early beliefs were wrong about the level. */
  private double scale() {
    double events = 0.5;
    double believed = 0.5;
    for (int i = 0; i < size; i++) {
      events += x[i];
      believed += expected[i] / HUNDREDTHS;
    }
    return events / believed;
  }

  private static double[] residuals(long[] n, long[] x, long[] expected, int blocks, double scale) {
    double[] residuals = new double[blocks];
    for (int i = 0; i < blocks; i++) {
      double mean = Math.max(0.01, Math.min(n[i] - 0.01, scale * expected[i] / HUNDREDTHS));
      residuals[i] = (x[i] - mean) / StrictMath.sqrt(mean * (1 - mean / n[i]));
    }
    return residuals;
  }

  /**
   * Half of the mean square from block to block (von Neumann 1941), winsorised: a rate that moved
   * once and stayed adds one difference, and no more.
   */
  private static double winsorisedSquare(double[] residuals) {
    double[] steps = new double[residuals.length - 1];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = Math.abs(residuals[i + 1] - residuals[i]) / ROOT_OF_TWO;
    }
    double reach = 3 * Math.max(1, 1.4826 * median(steps.clone()));
    double sum = 0;
    for (double step : steps) {
      double kept = Math.min(reach, step);
      sum += kept * kept;
    }
    return sum / steps.length;
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int half = values.length / 2;
    return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
  }

  /** Merges neighbours in place; an odd last block joins the pair before it. */
  private static int merge(long[] n, long[] x, long[] expected, int blocks) {
    int merged = blocks / 2;
    for (int i = 0; i < merged; i++) {
      n[i] = n[2 * i] + n[2 * i + 1];
      x[i] = x[2 * i] + x[2 * i + 1];
      expected[i] = expected[2 * i] + expected[2 * i + 1];
    }
    if (blocks % 2 == 1) {
      n[merged - 1] += n[blocks - 1];
      x[merged - 1] += x[blocks - 1];
      expected[merged - 1] += expected[blocks - 1];
    }
    return merged;
  }

  void write(StateWriter out) {
    out.whole(size).whole(halvings).whole(openN).whole(openX).real(openExpected);
    for (int i = 0; i < size; i++) {
      out.whole(n[i]).whole(x[i]).whole(expected[i]);
    }
  }

  static BlockRing read(StateReader in) {
    BlockRing ring = new BlockRing();
    ring.size = in.count();
    ring.halvings = in.count();
    ring.openN = in.whole();
    ring.openX = in.whole();
    ring.openExpected = in.real();
    for (int i = 0; i < ring.size; i++) {
      ring.n[i] = in.whole();
      ring.x[i] = in.whole();
      ring.expected[i] = in.whole();
    }
    return ring;
  }
}
