package dev.tidemark.streams.observe;

import dev.tidemark.records.WindowRecord;
import dev.tidemark.streams.observe.PartialWindows.Sent;
import dev.tidemark.wire.BinaryAvroSerde;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * What one source partition sends to one subject partition: its watermark and the partials that
 * belong there. Wire form: version (1 byte), source partition (int), watermark (long), number of
 * partials (int), then per partial a flag (1 byte: 1 = correction), a length (int) and the record.
 *
 * @param watermarkMs the source partition promises nothing on time before this
 */
record PartialFrame(int sourcePartition, long watermarkMs, List<Sent> partials) {
  private static final byte VERSION = 1;
  private static final int HEAD = 1 + Integer.BYTES + Long.BYTES + Integer.BYTES;

  /** Writes and reads frames; not thread-safe. */
  static final class Codec {
    private static final int LARGEST = 48 * 1024;
    private final Serializer<WindowRecord> serializer =
        BinaryAvroSerde.of(WindowRecord.class).serializer();
    private final Deserializer<WindowRecord> deserializer =
        BinaryAvroSerde.of(WindowRecord.class).deserializer();

    /** The frames for {@code partials}, each at most 48 kB unless one partial alone is larger. */
    List<byte[]> write(int sourcePartition, long watermarkMs, List<Sent> partials) {
      List<byte[]> frames = new ArrayList<>();
      List<byte[]> bodies = new ArrayList<>();
      List<Sent> chosen = new ArrayList<>();
      int size = HEAD;
      for (Sent partial : partials) {
        byte[] body = serializer.serialize("", partial.window());
        if (!bodies.isEmpty() && size + body.length + 5 > LARGEST) {
          frames.add(frame(sourcePartition, Long.MIN_VALUE, chosen, bodies, size));
          bodies.clear();
          chosen.clear();
          size = HEAD;
        }
        bodies.add(body);
        chosen.add(partial);
        size += body.length + 5;
      }
      frames.add(frame(sourcePartition, watermarkMs, chosen, bodies, size));
      return frames;
    }

    private static byte[] frame(
        int source, long watermarkMs, List<Sent> partials, List<byte[]> bodies, int size) {
      ByteBuffer out = ByteBuffer.allocate(size);
      out.put(VERSION).putInt(source).putLong(watermarkMs).putInt(bodies.size());
      for (int i = 0; i < bodies.size(); i++) {
        out.put((byte) (partials.get(i).correction() ? 1 : 0));
        out.putInt(bodies.get(i).length).put(bodies.get(i));
      }
      return out.array();
    }

    /**
     * Reads a frame.
     *
     * @throws SerializationException when the bytes are no frame
     */
    PartialFrame read(byte[] bytes) {
      try {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.get() != VERSION) {
          throw new SerializationException("unknown frame version");
        }
        int source = in.getInt();
        long watermark = in.getLong();
        int count = in.getInt();
        List<Sent> partials = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          boolean correction = in.get() == 1;
          byte[] body = new byte[in.getInt()];
          in.get(body);
          partials.add(new Sent(deserializer.deserialize("", body), correction));
        }
        return new PartialFrame(source, watermark, partials);
      } catch (BufferUnderflowException | NegativeArraySizeException e) {
        throw new SerializationException("frame is cut short", e);
      }
    }
  }
}
