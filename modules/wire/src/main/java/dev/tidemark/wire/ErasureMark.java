package dev.tidemark.wire;

import dev.tidemark.records.ErasureScope;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * What a record without a value on {@code agent-spans} erases. With a trace id as its key it makes
 * every role forget the run; without a key it says, behind those of a partition, how many they
 * were. Without the header a record without a value erases nothing. Immutable.
 *
 * @param scope whose runs they are
 * @param runs runs erased in this partition
 */
public record ErasureMark(ErasureScope scope, long runs) {
  private static final String HEADER = "tidemark-erasure";

  /** Marks a record. */
  public void addTo(Headers headers) {
    headers.add(HEADER, (scope + " " + runs).getBytes(StandardCharsets.UTF_8));
  }

  /** The mark of a record; empty when it has none, or none that can be read. */
  public static Optional<ErasureMark> in(Headers headers) {
    Header header = headers.lastHeader(HEADER);
    if (header == null || header.value() == null) {
      return Optional.empty();
    }
    String[] words = new String(header.value(), StandardCharsets.UTF_8).split(" ", 2);
    try {
      return Optional.of(new ErasureMark(ErasureScope.valueOf(words[0]), Long.parseLong(words[1])));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }
}
