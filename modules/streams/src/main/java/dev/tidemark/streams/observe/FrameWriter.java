package dev.tidemark.streams.observe;

import dev.tidemark.core.bytes.ByteWriter;
import dev.tidemark.core.window.Combiner;
import dev.tidemark.core.window.PartialCodec;
import dev.tidemark.core.window.SeriesNode;
import dev.tidemark.core.window.WindowTotals;
import dev.tidemark.wire.Partitioning;

/**
 * Packs what one source partition sends into frames, one stream of them per subject partition. Wire
 * form: version (1 byte), source partition (4 bytes), watermark (8 bytes; the last frame of a
 * sending tells it); per part a flag (1 byte: 1 = correction), the length and bytes of its series
 * key in Avro binary, start of the window, the totals. A frame holds at most 48 kB unless one part
 * alone is larger. Not thread-safe.
 */
final class FrameWriter implements Combiner.Out {
  static final byte VERSION = 2;
  static final int HEAD = 13;
  private static final int LARGEST = 48 * 1024;
  private static final int WATERMARK_AT = 5;

  /** Receives frames. */
  interface Out {
    /** A frame for a subject partition. */
    void frame(int subjectPartition, byte[] frame);
  }

  private final int source;
  private final ByteWriter[] frames;
  private final ByteWriter part = new ByteWriter();
  private final Out out;
  private boolean empty = true;

  FrameWriter(int source, int subjectPartitions, Out out) {
    this.source = source;
    this.frames = new ByteWriter[subjectPartitions];
    for (int p = 0; p < subjectPartitions; p++) {
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

  @Override
  public void part(SeriesNode series, long startMs, WindowTotals totals, boolean correction) {
    if (series.home() < 0) {
      series.home(Partitioning.subject(series.series().toKey(), frames.length));
    }
    empty = false;
    byte[] key = series.key();
    part.reset().one(correction ? 1 : 0).number(key.length).raw(key).number(startMs);
    PartialCodec.write(part, totals);
    ByteWriter frame = frames[series.home()];
    if (frame.size() > HEAD && frame.size() + part.size() > LARGEST) {
      out.frame(series.home(), frame.toBytes());
      begin(frame);
    }
    frame.raw(part);
  }

  /** Whether no part was packed since the last sending. */
  boolean empty() {
    return empty;
  }

  /** Sends everything; every subject partition learns the watermark. */
  void send(long watermarkMs) {
    for (int p = 0; p < frames.length; p++) {
      frames[p].fixedAt(WATERMARK_AT, watermarkMs);
      out.frame(p, frames[p].toBytes());
      begin(frames[p]);
    }
    empty = true;
  }
}
