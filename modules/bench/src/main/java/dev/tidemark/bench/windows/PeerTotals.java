package dev.tidemark.bench.windows;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A window as the peers keep it: counts, sums and a latency sketch of the same resolution as ours,
 * with a binary form of its own so that no peer pays for a general one. Not thread-safe.
 */
public final class PeerTotals {
  private static final double BUCKETS_PER_NEPER = 64 / Math.log(2);
  private static final int SUMS = 7;

  /** Attempts, errors, retries, denied, cost, input tokens, output tokens. */
  public long[] sums = new long[SUMS];

  /** Buckets of the latency sketch in use, ascending. */
  public int[] indexes = new int[8];

  /** Their counts. */
  public int[] counts = new int[8];

  /** How many are in use. */
  public int size;

  /** Adds one attempt; {@code micros} below 0 is an unknown duration. */
  public void addOne(
      boolean error,
      boolean retry,
      boolean denied,
      long cost,
      long inputTokens,
      long outputTokens,
      long micros) {
    add(1, error ? 1 : 0, retry ? 1 : 0, denied ? 1 : 0, cost, inputTokens, outputTokens, micros);
  }

  /** Adds counts, which may be negative; the duration counts once when there is an attempt. */
  public void add(
      int attempts,
      int errors,
      int retries,
      int denied,
      long cost,
      long inputTokens,
      long outputTokens,
      long micros) {
    sums[0] += attempts;
    sums[1] += errors;
    sums[2] += retries;
    sums[3] += denied;
    sums[4] += cost;
    sums[5] += inputTokens;
    sums[6] += outputTokens;
    if (attempts > 0 && micros > 0) {
      bucket((int) Math.ceil(Math.log((double) micros) * BUCKETS_PER_NEPER) - 1, 1);
    }
  }

  private void bucket(int index, int times) {
    int at = Arrays.binarySearch(indexes, 0, size, index);
    if (at >= 0) {
      counts[at] += times;
      return;
    }
    at = -at - 1;
    if (size == indexes.length) {
      indexes = Arrays.copyOf(indexes, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    System.arraycopy(indexes, at, indexes, at + 1, size - at);
    System.arraycopy(counts, at, counts, at + 1, size - at);
    indexes[at] = index;
    counts[at] = times;
    size++;
  }

  /** The binary form; the first eight bytes are the attempts. */
  public byte[] toBytes() {
    ByteBuffer out = ByteBuffer.allocate(SUMS * Long.BYTES + 2 + size * 6);
    for (long sum : sums) {
      out.putLong(sum);
    }
    out.putShort((short) size);
    for (int i = 0; i < size; i++) {
      out.putShort((short) indexes[i]).putInt(counts[i]);
    }
    return out.array();
  }

  /** Reads the binary form. */
  public static PeerTotals of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    PeerTotals totals = new PeerTotals();
    for (int i = 0; i < SUMS; i++) {
      totals.sums[i] = in.getLong();
    }
    totals.size = in.getShort();
    totals.indexes = new int[Math.max(8, totals.size)];
    totals.counts = new int[Math.max(8, totals.size)];
    for (int i = 0; i < totals.size; i++) {
      totals.indexes[i] = in.getShort();
      totals.counts[i] = in.getInt();
    }
    return totals;
  }
}
