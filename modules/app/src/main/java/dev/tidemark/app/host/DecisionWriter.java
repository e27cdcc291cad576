package dev.tidemark.app.host;

import dev.tidemark.records.AlertDecision;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.wire.Partitioning;

/** Writes decisions into the partition of the subject they are about. Not thread-safe. */
public final class DecisionWriter implements AutoCloseable {
  private final Cluster cluster;
  private final WaitingProducer<AlertDecision> producer;

  private DecisionWriter(Cluster cluster) {
    this.cluster = cluster;
    this.producer = new WaitingProducer<>(cluster, cluster.topics().decisions(), "the decision");
  }

  /** A writer; the caller closes it. */
  public static DecisionWriter open(Cluster cluster) {
    return new DecisionWriter(cluster);
  }

  /** Writes and waits until the broker has it. */
  public void write(AlertDecision decision) {
    int partition = Partitioning.subject(decision.getSeries(), producer.partitions());
    producer.send(partition, decision.getTimeMs(), decision.getDecisionId(), decision);
    producer.await();
  }

  /** Time up to which windows of the subject were told; 0 when there are none. */
  public long newestMs(SeriesKey series) {
    return NewestWindow.endMs(cluster, partitions -> Partitioning.subject(series, partitions));
  }

  @Override
  public void close() {
    producer.close();
  }
}
