package dev.tidemark.bench.detection;

import java.util.Arrays;

/** Trials and events of the last so many slots of time. */
final class Trailing {
  private final long slotMs;
  private final long[] n;
  private final long[] x;
  private long slot = Long.MIN_VALUE;
  private long allN;
  private long allX;

  Trailing(int slots, long slotMs) {
    this.slotMs = slotMs;
    n = new long[slots];
    x = new long[slots];
  }

  void add(Counts window) {
    long now = Math.floorDiv(window.startMs, slotMs);
    if (slot == Long.MIN_VALUE || now - slot >= n.length) {
      Arrays.fill(n, 0);
      Arrays.fill(x, 0);
      allN = 0;
      allX = 0;
    } else {
      for (long gone = slot + 1; gone <= now; gone++) {
        int at = (int) Math.floorMod(gone, (long) n.length);
        allN -= n[at];
        allX -= x[at];
        n[at] = 0;
        x[at] = 0;
      }
    }
    slot = now;
    int at = (int) Math.floorMod(now, (long) n.length);
    n[at] += window.n;
    x[at] += window.x;
    allN += window.n;
    allX += window.x;
  }

  long n() {
    return allN;
  }

  long x() {
    return allX;
  }

  double rate() {
    return allN == 0 ? 0 : (double) allX / allN;
  }
}
