package dev.tidemark.core.evidence;

import dev.tidemark.core.sketch.ExponentialSketch;
import dev.tidemark.core.sketch.Sketches;
import dev.tidemark.records.Sketch;

/** Where the tail of a series begins, from the values seen so far. */
public final class Tail {
  /** Half the width of a bucket at scale 6, as a factor: values in the bucket are no tail. */
  private static final double BUCKET = StrictMath.pow(2, 1.0 / 128);

  private Tail() {}

  /**
   * The value beyond which one percent of the values lie.
   *
   * @param before values of the day before; null when there are none
   * @param now values of the day; null when there are none
   * @param atLeast how many values it takes
   * @return NaN while there are fewer
   */
  public static double begin(Sketch before, Sketch now, long atLeast) {
    Sketch both = Sketches.merge(before, now);
    if (both == null || Sketches.count(both) < atLeast) {
      return Double.NaN;
    }
    return Sketches.quantile(both, 0.99) * BUCKET;
  }

  /** The sketch with one value more; null counts as empty. */
  public static Sketch with(Sketch sketch, long value) {
    var sum = new ExponentialSketch();
    if (sketch != null) {
      sum.add(sketch);
    }
    sum.add(value, 1);
    return sum.toRecord();
  }
}
