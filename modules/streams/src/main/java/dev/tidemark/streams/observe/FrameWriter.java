package dev.tidemark.streams.observe;

import dev.tidemark.core.bytes.ByteWriter;
import dev.tidemark.core.window.Combiner;
import dev.tidemark.core.window.PartialCodec;
import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.SeriesNode;
import dev.tidemark.core.window.WindowEncoder;
import dev.tidemark.core.window.WindowTotals;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.wire.Partitioning;

/**
 * Packs what one source sends to the subject partitions into {@link Frames}. Wire form of a part: a
 * flag (1 byte: 1 = correction), the length and bytes of its series key in Avro binary, start of
 * the window, the totals. With the first part of a series that is none, the partition of its fleet
 * is told its name, when that is another one: flag {@link #NAME}, key, start. Not thread-safe.
 */
final class FrameWriter implements Combiner.Out {
  /** Flag of what only tells that a series is there. */
  static final int NAME = 2;

  private final Frames frames;
  private final ByteWriter part = new ByteWriter();

  FrameWriter(int source, int subjectPartitions, Frames.Out out) {
    this.frames = new Frames(source, subjectPartitions, out);
  }

  @Override
  public void part(SeriesNode series, long startMs, WindowTotals totals, boolean correction) {
    if (series.home() < 0) {
      series.home(Partitioning.subject(series.series().toKey(), frames.partitions()));
    }
    if (!correction && series.toBeNamed()) {
      name(series, startMs);
    }
    byte[] key = series.key();
    part.reset().one(correction ? 1 : 0).number(key.length).raw(key).number(startMs);
    PartialCodec.write(part, totals);
    frames.add(series.home(), part);
  }

  /** A version is named where its agent or rule stands, and where the fleet does. */
  @Override
  public void version(Series version, long startMs) {
    SeriesKey key = version.toKey();
    int home = Partitioning.subject(key, frames.partitions());
    int fleet = FirstSeen.fleetHome(version, frames.partitions());
    ByteWriter bytes = new ByteWriter();
    WindowEncoder.write(bytes, version);
    byte[] name = bytes.toBytes();
    part.reset().one(NAME).number(name.length).raw(name).number(startMs);
    frames.add(home, part);
    if (fleet != home) {
      frames.add(fleet, part);
    }
  }

  /** Names may come again, from every source and after every restart. */
  private void name(SeriesNode series, long startMs) {
    int fleet = FirstSeen.fleetHome(series.series(), frames.partitions());
    if (fleet != series.home() && FirstSeen.concernsFleet(series.series())) {
      byte[] key = series.key();
      part.reset().one(NAME).number(key.length).raw(key).number(startMs);
      frames.add(fleet, part);
    }
  }

  /** Whether no part was packed since the last sending. */
  boolean empty() {
    return frames.empty();
  }

  /** Sends everything; every subject partition learns the watermark. */
  void send(long watermarkMs) {
    frames.send(watermarkMs);
  }
}
