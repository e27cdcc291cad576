package dev.tidemark.streams.observe;

import java.nio.ByteBuffer;

/**
 * How far a subject partition has come, logged with every frame it takes in.
 *
 * @param firstOpen offset of the first frame that holds a part of a window still open
 * @param closedUpToMs windows that end at or before it are closed
 * @param watermarksMs watermark of every source partition
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; the array stays with its only owner.
record SubjectMarks(long firstOpen, long closedUpToMs, long[] watermarksMs) {
  /** Nothing was closed yet. */
  static final SubjectMarks NOTHING = new SubjectMarks(0, Long.MIN_VALUE, new long[0]);

  private static final byte VERSION = 1;

  byte[] toBytes() {
    ByteBuffer out =
        ByteBuffer.allocate(1 + Long.BYTES * 2 + Integer.BYTES + watermarksMs.length * 8);
    out.put(VERSION).putLong(firstOpen).putLong(closedUpToMs).putInt(watermarksMs.length);
    for (long watermark : watermarksMs) {
      out.putLong(watermark);
    }
    return out.array();
  }

  static SubjectMarks of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (in.get() != VERSION) {
      throw new IllegalStateException("observe marks have an unknown version: reset the state");
    }
    long firstOpen = in.getLong();
    long closedUpTo = in.getLong();
    long[] watermarks = new long[in.getInt()];
    for (int i = 0; i < watermarks.length; i++) {
      watermarks[i] = in.getLong();
    }
    return new SubjectMarks(firstOpen, closedUpTo, watermarks);
  }
}
