package dev.tidemark.core.detect;

import java.util.Random;

/** Histograms for tests, of few or many bins. */
final class RandomHistograms {
  private static final long LARGEST = 1L << 34;

  private RandomHistograms() {}

  /** One with counts of up to {@code most} in some of its bins. */
  static Histogram some(Random random, long most) {
    var counts = new StateWriter();
    int from = random.nextInt(Histogram.BINS);
    int to = from + random.nextInt(Histogram.BINS - from);
    counts.whole(0).whole(random.nextInt(1_000)).whole(to - from + 1);
    for (int bin = from; bin <= to; bin++) {
      counts.whole(bin == from ? bin : 1).whole(random.nextInt(3) * random.nextLong(most));
    }
    return Histogram.read(new StateReader(counts.toBytes()));
  }

  /** One with a single value that lies in a bin. */
  static Histogram single(int bin) {
    return Histogram.read(
        new StateReader(
            new StateWriter().whole(0).whole(1).whole(1).whole(bin).whole(1).toBytes()));
  }

  /** Values of any size. */
  static long value(Random random) {
    return random.nextInt(10) == 0 ? 0 : (long) Math.pow(LARGEST, random.nextDouble());
  }
}
