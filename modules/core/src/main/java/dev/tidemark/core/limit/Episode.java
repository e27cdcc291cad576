package dev.tidemark.core.limit;

import dev.tidemark.core.bytes.ByteReader;
import dev.tidemark.core.bytes.ByteWriter;

/** One alert key in time: its numbers never start over, whatever else is forgotten. */
final class Episode {
  private boolean open;
  private long seq;
  private long openedMs;
  private long toldMs;
  private double told;
  private long sinceMs;

  boolean open() {
    return open;
  }

  /** Whether it was ever opened. */
  boolean known() {
    return seq > 0;
  }

  /** When the episode began that is open, or was open last. */
  long openedMs() {
    return openedMs;
  }

  long seq() {
    return seq;
  }

  /** How bad it was when it was told last. */
  double told() {
    return told;
  }

  /** When it began to be passed. */
  long sinceMs() {
    return sinceMs;
  }

  void since(long startMs) {
    sinceMs = startMs;
  }

  boolean mayUpdate(long nowMs, long everyMs) {
    return open && nowMs - toldMs >= everyMs;
  }

  void open(long endMs, double badness) {
    open = true;
    openedMs = endMs;
    tell(endMs, badness);
  }

  void tell(long endMs, double badness) {
    seq++;
    toldMs = endMs;
    told = badness;
  }

  /** Something is told that is no news about the limit. */
  void note() {
    seq++;
  }

  /** Told behind the finding that says it. */
  void end() {
    open = false;
  }

  void write(ByteWriter out) {
    out.one(open ? 1 : 0).number(seq).number(openedMs).number(toldMs).number(sinceMs);
    out.fixed(Double.doubleToLongBits(told));
  }

  static Episode read(ByteReader in) {
    Episode episode = new Episode();
    episode.open = in.one() == 1;
    episode.seq = in.number();
    episode.openedMs = in.number();
    episode.toldMs = in.number();
    episode.sinceMs = in.number();
    episode.told = Double.longBitsToDouble(in.fixed());
    return episode;
  }
}
