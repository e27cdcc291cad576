package dev.tidemark.wire;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Records of {@code agent-windows} that tell no window but how far windows have been told: null
 * key, null value, this header with the end in milliseconds since the epoch as eight bytes, most
 * significant first. A series without a window up to that end had nothing to count.
 */
public final class Ticks {
  /** Name of the header. */
  public static final String HEADER = "tidemark-watermark";

  private Ticks() {}

  /** Headers of a tick: windows of the partition that end at or before {@code endMs} were told. */
  public static Headers headers(long endMs) {
    byte[] end = ByteBuffer.allocate(Long.BYTES).putLong(endMs).array();
    return new RecordHeaders().add(HEADER, end);
  }

  /** The end a record without a value tells; empty when it is no tick. */
  public static OptionalLong endMs(Headers headers) {
    Header header = headers.lastHeader(HEADER);
    boolean tick = header != null && header.value() != null && header.value().length == Long.BYTES;
    return tick ? OptionalLong.of(ByteBuffer.wrap(header.value()).getLong()) : OptionalLong.empty();
  }
}
