package dev.tidemark.streams.observe;

import java.nio.ByteBuffer;

/**
 * How far a source partition has been carried forward, logged with the flush it describes.
 *
 * @param sentSpans next offset of agent-spans whose contributions have not been sent
 * @param sentEvents the same for agent-events
 * @param sentWatermarkMs windows that end at or before it were sent up to those offsets
 * @param durableSpans next offset of agent-spans that is not in the spilled run state
 * @param durableEvents the same for agent-events
 */
record SourceMarks(
    long sentSpans, long sentEvents, long sentWatermarkMs, long durableSpans, long durableEvents) {
  private static final byte VERSION = 1;

  byte[] toBytes() {
    return ByteBuffer.allocate(41)
        .put(VERSION)
        .putLong(sentSpans)
        .putLong(sentEvents)
        .putLong(sentWatermarkMs)
        .putLong(durableSpans)
        .putLong(durableEvents)
        .array();
  }

  static SourceMarks of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (in.get() != VERSION) {
      throw new IllegalStateException("observe marks have an unknown version: reset the state");
    }
    return new SourceMarks(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
  }
}
