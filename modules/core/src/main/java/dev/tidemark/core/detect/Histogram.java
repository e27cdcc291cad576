package dev.tidemark.core.detect;

import dev.tidemark.core.sketch.ExponentialSketch;
import dev.tidemark.records.Signal;
import dev.tidemark.records.Sketch;
import java.util.Arrays;

/**
 * A positive quantity in 64 bins, two per doubling: the exponential histogram of OpenTelemetry at
 * scale 1, an exact merge of the windows' sketches. Bin 0 holds zero and what is below the range,
 * the last bin what is above it. Not thread-safe.
 */
final class Histogram {
  static final int BINS = 64;
  static final double PER_DOUBLING = 2;

  /** Slots that are always empty below and above those of positive values. */
  static final int PAD = 8;

  /** Places in {@link #slots}. */
  static final int SLOTS = PAD + BINS + PAD;

  private static final int FINER = 5;
  private static final int FINE_SCALE = 6;

  private static final int EDGES_BELOW = 2;
  private static final double QUARTER_DOUBLING = 1.189207115002721;
  private static final double[] EDGES = new double[2 * BINS];

  static {
    for (int i = 0; i < EDGES.length; i++) {
      EDGES[i] = StrictMath.pow(2, (i - EDGES_BELOW) / PER_DOUBLING);
    }
  }

  private final int first;

  /** Whole numbers, as the arithmetic on them wants them, by slot. */
  private final double[] counts = new double[SLOTS];

  private long n;
  private long sum;

  /** Numbers of the bins, each as often as it was counted. */
  private long places;

  /** Every filled bin is one of these; an empty histogram has none. */
  private int lowest = BINS;

  private int highest = -1;

  /**
   * @param first index at scale 1 of the values in bin 1
   */
  Histogram(int first) {
    this.first = first;
  }

  static Histogram of(Signal signal) {
    return new Histogram(firstIndex(signal));
  }

  /** Times are in microseconds, so their range begins at an eighth of a millisecond. */
  private static int firstIndex(Signal signal) {
    return switch (signal) {
      case LATENCY, RUN_DURATION, HUMAN_WAIT -> 14;
      default -> -1;
    };
  }

  long n() {
    return n;
  }

  /**
   * Where a bin is in {@link #slots}: positive values lie between empty slots, so that all of them
   * can be moved by a few bins without asking where they end; zeroes stay apart.
   */
  static int slot(int bin) {
    return bin == 0 ? 0 : bin + PAD;
  }

  static int bin(int slot) {
    return slot == 0 ? 0 : slot - PAD;
  }

  long count(int bin) {
    return (long) real(bin);
  }

  /** The same without a conversion. */
  double real(int bin) {
    return counts[slot(bin)];
  }

  /** Counts of all bins by {@link #slot}, to be read only. */
  double[] slots() {
    return counts;
  }

  double mean() {
    return n == 0 ? 0 : (double) sum / n;
  }

  /** Standard deviation as the bins tell it. */
  double deviation() {
    double mean = mean();
    double squares = 0;
    for (int b = lowest; b <= highest; b++) {
      double off = middle(b) - mean;
      squares += real(b) * off * off;
    }
    return n == 0 ? 0 : StrictMath.sqrt(squares / n);
  }

  /** Whether there are values, and more of them up (or down) from a mean place than not. */
  boolean lies(boolean up, double bin) {
    return n > 0 && places > bin * n == up;
  }

  /** Whether the mean place or the mean is off by more than so many bins or such a factor. */
  boolean isFar(double bin, double bins, double mean, double factor) {
    double all = (double) sum + n;
    double other = (mean + 1) * n;
    return Math.abs(places - bin * n) > bins * n || all > other * factor || all * factor < other;
  }

  /** Mean place on the logarithmic scale, in bins. */
  double meanBin() {
    return n == 0 ? 0 : (double) places / n;
  }

  /** The same of what is left without a part. */
  double meanBinWithout(Histogram part) {
    long left = n - part.n;
    return left <= 0 ? 0 : (double) (places - part.places) / left;
  }

  /** Mean of what is left without a part, in the unit of the values. */
  double meanWithout(Histogram part) {
    long left = n - part.n;
    return left <= 0 ? 0 : (double) Math.max(0, sum - part.sum) / left;
  }

  /** No filled bin lies below; {@link #BINS} when none is filled. */
  int lowest() {
    return lowest;
  }

  /** No filled bin lies above; -1 when none is filled. */
  int highest() {
    return highest;
  }

  /** Lower edge of a bin in the unit of the values. */
  double edge(int bin) {
    return bin == 0 ? 0 : EDGES[first + bin - 1 + EDGES_BELOW];
  }

  private double middle(int bin) {
    return bin == 0 ? 0 : edge(bin) * QUARTER_DOUBLING;
  }

  /** Value below which a share of the values lies, between the edges of its bin. */
  double quantile(double share) {
    double rank = share * n;
    double below = 0;
    for (int b = lowest; b <= highest; b++) {
      if (real(b) > 0 && below + real(b) >= rank) {
        double part = Math.max(0, Math.min(1, (rank - below) / real(b)));
        return b == 0 ? 0 : StrictMath.pow(2, (first + b - 1 + part) / PER_DOUBLING);
      }
      below += real(b);
    }
    return 0;
  }

  /** The bin whose upper edge splits the values most evenly. */
  int medianBin() {
    double below = 0;
    int best = 0;
    double nearest = 0.5;
    for (int b = lowest; b <= highest; b++) {
      below += real(b);
      double off = Math.abs(below / Math.max(1, n) - 0.5);
      if (off < nearest) {
        nearest = off;
        best = b;
      }
    }
    return best;
  }

  /** Values above a bin. */
  long above(int bin) {
    double count = 0;
    for (int b = Math.max(bin + 1, lowest); b <= highest; b++) {
      count += real(b);
    }
    return (long) count;
  }

  /** Adds a sketch; a count below zero makes the whole sketch unusable and nothing is added. */
  boolean add(Sketch sketch) {
    if (sketch.getScale() != FINE_SCALE || sketch.getZeroCount() < 0 || sketch.getSum() < 0) {
      return false;
    }
    for (long count : sketch.getCounts()) {
      if (count < 0) {
        return false;
      }
    }
    fill(0, sketch.getZeroCount());
    sum += sketch.getSum();
    int index = 0;
    for (int i = 0; i < sketch.getIndexes().size(); i++) {
      index += sketch.getIndexes().get(i);
      int bin = Math.max(0, Math.min(BINS - 1, (index >> FINER) - first + 1));
      fill(bin, sketch.getCounts().get(i));
    }
    return true;
  }

  /** Adds a value. */
  void add(long value) {
    int index = value <= 0 ? -1 : ExponentialSketch.index(value) >> FINER;
    int bin = value <= 0 ? 0 : Math.max(0, Math.min(BINS - 1, index - first + 1));
    fill(bin, 1);
    sum += Math.max(0, value);
  }

  private void fill(int bin, long count) {
    if (count > 0) {
      counts[slot(bin)] += count;
      n += count;
      places += bin * count;
      lowest = Math.min(lowest, bin);
      highest = Math.max(highest, bin);
    }
  }

  void add(Histogram other) {
    for (int slot = slot(other.lowest); slot <= slot(other.highest); slot++) {
      counts[slot] += other.counts[slot];
    }
    lowest = Math.min(lowest, other.lowest);
    highest = Math.max(highest, other.highest);
    n += other.n;
    places += other.places;
    sum += other.sum;
  }

  /** Takes back what was added before. */
  void subtract(Histogram other) {
    n = 0;
    places = 0;
    for (int b = lowest; b <= highest; b++) {
      counts[slot(b)] = Math.max(0, real(b) - other.real(b));
      n += count(b);
      places += b * count(b);
    }
    sum = Math.max(0, sum - other.sum);
  }

  Histogram copy() {
    Histogram copy = new Histogram(first);
    copy.add(this);
    return copy;
  }

  void clear() {
    if (highest >= lowest) {
      Arrays.fill(counts, slot(lowest), slot(highest) + 1, 0);
    }
    lowest = BINS;
    highest = -1;
    n = 0;
    places = 0;
    sum = 0;
  }

  void write(StateWriter out) {
    int filled = 0;
    for (double count : counts) {
      filled += count == 0 ? 0 : 1;
    }
    out.whole(first).whole(sum).whole(filled);
    int previous = 0;
    for (int b = 0; b < BINS; b++) {
      if (real(b) != 0) {
        out.whole(b - previous).whole(count(b));
        previous = b;
      }
    }
  }

  static Histogram read(StateReader in) {
    Histogram histogram = new Histogram(in.count());
    histogram.sum = in.whole();
    int bin = 0;
    for (int left = in.count(); left > 0; left--) {
      bin += in.count();
      histogram.fill(bin, in.whole());
    }
    return histogram;
  }
}
