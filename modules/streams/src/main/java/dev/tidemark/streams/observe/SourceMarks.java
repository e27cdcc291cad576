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
 * @param spansMs latest arrival of agent-spans before the durable offset
 * @param eventsMs the same for agent-events
 */
record SourceMarks(
    long sentSpans,
    long sentEvents,
    long sentWatermarkMs,
    long durableSpans,
    long durableEvents,
    long spansMs,
    long eventsMs) {
  /** Nothing was carried forward yet. */
  static final SourceMarks NOTHING =
      new SourceMarks(0, 0, Long.MIN_VALUE, 0, 0, Long.MIN_VALUE, Long.MIN_VALUE);

  private static final byte VERSION = 2;

  byte[] toBytes() {
    return ByteBuffer.allocate(1 + 7 * Long.BYTES)
        .put(VERSION)
        .putLong(sentSpans)
        .putLong(sentEvents)
        .putLong(sentWatermarkMs)
        .putLong(durableSpans)
        .putLong(durableEvents)
        .putLong(spansMs)
        .putLong(eventsMs)
        .array();
  }

  static SourceMarks of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (in.get() != VERSION) {
      throw new IllegalStateException("observe marks have an unknown version: reset the state");
    }
    return new SourceMarks(
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong());
  }
}
