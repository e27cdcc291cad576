package dev.tidemark.streams.observe;

import dev.tidemark.core.bytes.ByteWriter;
import dev.tidemark.core.human.HumanFact;
import dev.tidemark.core.human.HumanFactCodec;
import dev.tidemark.streams.topology.Counts;

/**
 * Packs requests and decisions of one source partition into {@link Frames}, for the partitions of
 * their keys. Wire form of a fact: 1, or -1 when it is taken back (1 byte), the arrival that causes
 * it, the fact. Not thread-safe.
 */
final class DecisionWriter implements HumanFact.Out {
  private final Frames frames;
  private final ByteWriter part = new ByteWriter();
  private final long humanHorizonMs;
  private final long skewMs;
  private final Counts counts;

  DecisionWriter(ObserveConfig config, int source, Counts counts, Frames.Out out) {
    this.frames = new Frames(source, config.subjectPartitions(), out);
    this.humanHorizonMs = config.humanHorizon().toMillis();
    this.skewMs = config.skew().toMillis();
    this.counts = counts;
  }

  /** Takes a fact in; one whose time cannot be, seen from its record, is left out. */
  @Override
  public void human(HumanFact fact, int sign, long causeMs) {
    long afterMs = fact.atMs() - fact.timeMs();
    if (afterMs > skewMs || afterMs < -humanHorizonMs) {
      counts.record("decision-time-range");
      return;
    }
    part.reset().one(sign).number(causeMs);
    HumanFactCodec.write(part, afterMs > 0 ? fact.at(fact.timeMs()) : fact);
    frames.add(fact.key().partition(frames.partitions()), part);
  }

  /**
   * Sends what there is.
   *
   * @param bound whether every partition has to learn the watermark
   */
  void send(long watermarkMs, boolean bound) {
    if (bound) {
      frames.send(watermarkMs);
    } else {
      frames.sendFilled(watermarkMs);
    }
  }
}
