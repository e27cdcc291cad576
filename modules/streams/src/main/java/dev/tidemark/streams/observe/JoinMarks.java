package dev.tidemark.streams.observe;

import java.nio.ByteBuffer;

/**
 * How far a partition of requests and decisions has come, logged with every frame that moves it.
 *
 * @param sentUpToMs windows that end at or before it were sent; facts that arrived before it plus
 *     the lateness were joined
 * @param watermarksMs watermark of every source partition
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; the array stays with its only owner.
record JoinMarks(long sentUpToMs, long[] watermarksMs) {
  private static final byte VERSION = 1;

  byte[] toBytes() {
    ByteBuffer out = ByteBuffer.allocate(1 + (1 + watermarksMs.length) * Long.BYTES);
    out.put(VERSION).putLong(sentUpToMs);
    for (long watermark : watermarksMs) {
      out.putLong(watermark);
    }
    return out.array();
  }

  static JoinMarks of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (in.get() != VERSION) {
      throw new IllegalStateException("observe marks have an unknown version: reset the state");
    }
    long sentUpTo = in.getLong();
    long[] watermarks = new long[in.remaining() / Long.BYTES];
    for (int i = 0; i < watermarks.length; i++) {
      watermarks[i] = in.getLong();
    }
    return new JoinMarks(sentUpTo, watermarks);
  }
}
