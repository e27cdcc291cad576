package dev.tidemark.streams.observe;

import dev.tidemark.core.bytes.ByteReader;
import dev.tidemark.core.human.HumanFact;
import dev.tidemark.core.human.HumanFactCodec;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.SerializationException;

/** Reads {@link Frames} without copying them. Not thread-safe. */
final class FrameReader {
  /** Receives the parts of a frame of {@link FrameWriter}. */
  interface Parts {
    /**
     * A part; its totals are next in {@code in} and must be read.
     *
     * @param keyFrom where the series key begins in the reader's bytes, and where it ends
     */
    void part(boolean correction, int keyFrom, int keyTo, long startMs, ByteReader in);

    /** Something was counted in a series that belongs to another partition. */
    default void name(int keyFrom, int keyTo, long startMs) {}
  }

  private final ByteReader in = new ByteReader();
  private int source;
  private long watermarkMs;

  /**
   * Reads a frame of partial windows.
   *
   * @throws SerializationException when the bytes are no frame
   */
  void read(byte[] frame, Parts parts) {
    each(
        frame,
        next -> {
          int flag = next.one();
          int length = next.length();
          int from = next.position();
          next.skip(length);
          if (flag == FrameWriter.NAME) {
            parts.name(from, from + length, next.number());
          } else {
            parts.part(flag == 1, from, from + length, next.number(), next);
          }
        });
  }

  /**
   * Reads a frame of requests and decisions.
   *
   * @throws SerializationException when the bytes are no frame
   */
  void readFacts(byte[] frame, HumanFact.Out facts) {
    each(
        frame,
        next -> {
          int sign = next.one();
          long causeMs = next.number();
          facts.human(HumanFactCodec.read(next), sign, causeMs);
        });
  }

  private void each(byte[] frame, Consumer<ByteReader> part) {
    if (frame == null || frame.length < Frames.HEAD || frame[0] != Frames.VERSION) {
      throw new SerializationException("a partial window has an unknown form: reset the topic");
    }
    ByteBuffer head = ByteBuffer.wrap(frame);
    source = head.getInt(1);
    watermarkMs = head.getLong(5);
    in.on(frame, Frames.HEAD, frame.length);
    try {
      while (in.left() > 0) {
        part.accept(in);
      }
    } catch (IndexOutOfBoundsException e) {
      throw new SerializationException("a frame of partial windows is cut short", e);
    }
  }

  /** Source of the frame read last. */
  int source() {
    return source;
  }

  /** What its source promises; {@link Long#MIN_VALUE} when more frames of the sending follow. */
  long watermarkMs() {
    return watermarkMs;
  }
}
