package dev.tidemark.ingest.otlp;

import java.util.Arrays;

/**
 * The id of a trace in hex, made once for spans of one request that follow one another. Not
 * thread-safe.
 */
final class LastId {
  private final byte[] bytes;
  private int from;
  private int to;
  private String text = "";

  LastId(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The bytes in the cursor's field, in hex. */
  String hex(ProtoCursor field) {
    if (!field.isBytes()) {
      return "";
    }
    if (!Arrays.equals(bytes, from, to, bytes, field.from(), field.to())) {
      from = field.from();
      to = field.to();
      text = field.hex();
    }
    return text;
  }
}
