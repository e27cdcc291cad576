package dev.tidemark.streams.evidence;

import dev.tidemark.core.bytes.ByteReader;
import dev.tidemark.core.bytes.ByteWriter;

/**
 * What is remembered of a run, or of what is still to be copied of it.
 *
 * @param reasons why it is kept, a mask; 0 when it is not, or not yet
 * @param stampMs time its copies are stamped with: not before its end, milliseconds since the epoch
 * @param at its records; none when only an alert has named it so far
 */
record Known(int reasons, long stampMs, Coordinates at) {
  static final Known NOTHING = new Known(0, 0, Coordinates.NONE);
  private static final int FORMAT = 1;

  byte[] toBytes() {
    var out = new ByteWriter(32).one(FORMAT).number(reasons).number(stampMs);
    at.write(out);
    return out.toBytes();
  }

  static Known of(byte[] bytes) {
    if (bytes == null) {
      return NOTHING;
    }
    var in = new ByteReader().on(bytes, 0, bytes.length);
    if (in.one() != FORMAT) {
      throw new IllegalStateException(
          "a stored run has an unknown format: reset the state directory");
    }
    return new Known(in.whole(), in.number(), Coordinates.read(in));
  }
}
