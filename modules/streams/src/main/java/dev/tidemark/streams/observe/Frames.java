package dev.tidemark.streams.observe;

import dev.tidemark.core.bytes.ByteWriter;

/**
 * Frames while they fill, one stream of them per partition they go to. Wire form: version (1 byte),
 * number of the source (4 bytes), watermark (8 bytes; the last frame of a sending tells it), then
 * parts. A frame holds at most 48 kB unless one part alone is larger. Not thread-safe.
 */
final class Frames {
  static final byte VERSION = 3;
  static final int HEAD = 13;
  private static final int LARGEST = 48 * 1024;
  private static final int WATERMARK_AT = 5;

  /** Receives frames. */
  interface Out {
    /** A frame for a partition. */
    void frame(int partition, byte[] frame);
  }

  private final int source;
  private final ByteWriter[] frames;
  private final Out out;
  private boolean empty = true;

  Frames(int source, int partitions, Out out) {
    this.source = source;
    this.frames = new ByteWriter[partitions];
    for (int p = 0; p < partitions; p++) {
      frames[p] = new ByteWriter();
      begin(frames[p]);
    }
    this.out = out;
  }

  private void begin(ByteWriter frame) {
    frame.reset().one(VERSION);
    for (int shift = 24; shift >= 0; shift -= 8) {
      frame.one(source >> shift);
    }
    frame.fixed(Long.MIN_VALUE);
  }

  /** Adds a part for a partition. */
  void add(int partition, ByteWriter part) {
    empty = false;
    ByteWriter frame = frames[partition];
    if (frame.size() > HEAD && frame.size() + part.size() > LARGEST) {
      out.frame(partition, frame.toBytes());
      begin(frame);
    }
    frame.raw(part);
  }

  int partitions() {
    return frames.length;
  }

  /** Whether no part was added since the last sending. */
  boolean empty() {
    return empty;
  }

  /** Sends everything; every partition learns the watermark. */
  void send(long watermarkMs) {
    for (int p = 0; p < frames.length; p++) {
      send(p, watermarkMs);
    }
    empty = true;
  }

  /** Sends what there is; only partitions that get something learn the watermark. */
  void sendFilled(long watermarkMs) {
    for (int p = 0; p < frames.length && !empty; p++) {
      if (frames[p].size() > HEAD) {
        send(p, watermarkMs);
      }
    }
    empty = true;
  }

  private void send(int partition, long watermarkMs) {
    frames[partition].fixedAt(WATERMARK_AT, watermarkMs);
    out.frame(partition, frames[partition].toBytes());
    begin(frames[partition]);
  }
}
