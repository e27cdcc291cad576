package dev.tidemark.query.view;

import java.util.List;

/** Offsets of a run's records as its summary holds them: the first as is, then differences. */
final class Offsets {
  private Offsets() {}

  /** Absolute offsets, ascending, at most {@code limit} of them. */
  static long[] absolute(List<Long> coded, int limit) {
    long[] offsets = new long[Math.min(coded.size(), limit)];
    long at = 0;
    for (int i = 0; i < offsets.length; i++) {
      at += coded.get(i);
      offsets[i] = at;
    }
    return offsets;
  }
}
