package dev.tidemark.bench.baseline;

import java.util.List;

/** What the record of a sketch was: indexes as differences. */
record SketchSnapshot(long zeroCount, long sum, List<Integer> indexes, List<Long> counts) {
  long count() {
    long count = zeroCount;
    for (long c : counts) {
      count += c;
    }
    return count;
  }
}
