package dev.tidemark.streams.observe;

import dev.tidemark.core.bytes.ByteReader;
import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;

/** Reads the frames of {@link FrameWriter} without copying them. Not thread-safe. */
final class FrameReader {
  /** Receives the parts of a frame. */
  interface Parts {
    /**
     * A part; its totals are next in {@code in} and must be read.
     *
     * @param keyFrom where the series key begins in the reader's bytes, and where it ends
     */
    void part(boolean correction, int keyFrom, int keyTo, long startMs, ByteReader in);
  }

  private final ByteReader in = new ByteReader();
  private int source;
  private long watermarkMs;

  /**
   * Reads a frame.
   *
   * @throws SerializationException when the bytes are no frame
   */
  void read(byte[] frame, Parts parts) {
    if (frame == null || frame.length < FrameWriter.HEAD || frame[0] != FrameWriter.VERSION) {
      throw new SerializationException("a partial window has an unknown form: reset the topic");
    }
    ByteBuffer head = ByteBuffer.wrap(frame);
    source = head.getInt(1);
    watermarkMs = head.getLong(5);
    in.on(frame, FrameWriter.HEAD, frame.length);
    try {
      while (in.left() > 0) {
        boolean correction = in.one() == 1;
        int length = in.length();
        int from = in.position();
        in.skip(length);
        parts.part(correction, from, from + length, in.number(), in);
      }
    } catch (IndexOutOfBoundsException e) {
      throw new SerializationException("a frame of partial windows is cut short", e);
    }
  }

  /** Source partition of the frame read last. */
  int source() {
    return source;
  }

  /** What its source promises; {@link Long#MIN_VALUE} when more frames of the sending follow. */
  long watermarkMs() {
    return watermarkMs;
  }
}
