package dev.tidemark.app.host;

import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.wire.Partitioning;

/**
 * Writes a declared change where detect reads it: into every partition, because a new prompt or
 * version of an agent concerns every tool it calls, and once more for the fleet. All copies have
 * one change id. Not thread-safe.
 */
public final class ChangeWriter implements AutoCloseable {
  private static final String FLEET = "*";
  private final Cluster cluster;
  private final WaitingProducer<ChangeEvent> producer;

  private ChangeWriter(Cluster cluster) {
    this.cluster = cluster;
    this.producer = new WaitingProducer<>(cluster, cluster.topics().changes(), "the change");
  }

  /** A writer; the caller closes it. */
  public static ChangeWriter open(Cluster cluster) {
    return new ChangeWriter(cluster);
  }

  /** Writes and waits until the broker has every copy. */
  public void write(ChangeEvent change) {
    int partitions = producer.partitions();
    for (int partition = 0; partition < partitions; partition++) {
      send(change, partition);
    }
    ChangeEvent fleet =
        ChangeEvent.newBuilder(change)
            .setSubjectKind(SubjectKind.FLEET.name())
            .setSubjectName(FLEET)
            .build();
    send(fleet, fleetPartition(change, partitions));
    producer.await();
  }

  private static int fleetPartition(ChangeEvent change, int partitions) {
    return Partitioning.subject(
        change.getTenant(), change.getEnvironment(), SubjectKind.FLEET.name(), FLEET, partitions);
  }

  /** Stamped no earlier than what its partition was told: findings to come name it. */
  private void send(ChangeEvent change, int partition) {
    long toldMs = Math.max(change.getTimeMs(), NewestWindow.endMs(cluster, all -> partition));
    producer.send(partition, toldMs, change.getChangeId(), change);
  }

  @Override
  public void close() {
    producer.close();
  }
}
