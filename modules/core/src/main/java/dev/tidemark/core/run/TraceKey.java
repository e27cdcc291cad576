package dev.tidemark.core.run;

import dev.tidemark.core.hash.Hash64;

/** A trace id as a key of maps. */
public final class TraceKey {
  private final long high;
  private final long low;
  private final int hash;

  public TraceKey(long high, long low) {
    this.high = high;
    this.low = low;
    this.hash = (int) Hash64.of(high, low);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TraceKey key && key.low == low && key.high == high;
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
