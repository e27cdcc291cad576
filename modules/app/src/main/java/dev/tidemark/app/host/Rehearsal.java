package dev.tidemark.app.host;

import dev.tidemark.app.rules.RuleSet;
import dev.tidemark.core.detect.DetectorStates;
import dev.tidemark.records.AlertDecision;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.Finding;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.streams.detect.Detection;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Ticks;
import dev.tidemark.wire.Topics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Plays recorded windows, ticks, changes and decisions through what detect runs, partition by
 * partition and by their timestamps as the engine does, from a cold state; writes nothing.
 */
public final class Rehearsal {
  private final Cluster cluster;
  private final Topics topics;
  private final AvroSerdes serdes;
  private final int partitions;
  private final Detection detection;
  private long windows;
  private long unreadable;

  /**
   * @param rules what is tried out
   */
  public Rehearsal(Cluster cluster, RuleSet rules) {
    this.cluster = cluster;
    this.topics = cluster.topics();
    this.serdes = cluster.serdes();
    this.partitions = PartitionLog.partitions(cluster, topics.windows());
    this.detection = new Detection(rules.detect(partitions));
  }

  /** Time up to which windows were told; 0 when there are none. */
  public static long newestMs(Cluster cluster) {
    return PartitionLog.newestMs(cluster, cluster.topics().windows());
  }

  /** Findings of records stamped in [fromMs, toMs], by the windows that decided. */
  public List<Finding> play(long fromMs, long toMs) {
    List<Finding> findings = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      play(partition, fromMs, toMs, findings);
    }
    findings.sort(
        Comparator.comparingLong(Finding::getWindowEndMs)
            .thenComparing(Finding::getAlertKey)
            .thenComparingLong(Finding::getSeq));
    return findings;
  }

  private void play(int partition, long fromMs, long toMs, List<Finding> findings) {
    DetectorStates states = DetectorStates.inHeap();
    try (var changes = PartitionLog.open(cluster, topics.changes(), partition, fromMs);
        var decisions = PartitionLog.open(cluster, topics.decisions(), partition, fromMs);
        var log = PartitionLog.open(cluster, topics.windows(), partition, fromMs)) {
      List<PartitionLog> all = List.of(changes, decisions, log);
      for (PartitionLog next = earliest(all); next != null; next = earliest(all)) {
        ConsumerRecord<byte[], byte[]> record = next.take();
        if (record.timestamp() <= toMs) {
          take(record, states, findings);
        }
      }
    }
  }

  private static PartitionLog earliest(List<PartitionLog> logs) {
    return logs.stream()
        .filter(log -> log.peek() != null)
        .min(Comparator.comparingLong(log -> log.peek().timestamp()))
        .orElse(null);
  }

  private void take(
      ConsumerRecord<byte[], byte[]> record, DetectorStates states, List<Finding> findings) {
    if (record.value() == null) {
      Ticks.endMs(record.headers())
          .ifPresent(endMs -> findings.addAll(detection.tick(endMs, states)));
      return;
    }
    try {
      if (record.topic().equals(topics.changes().name())) {
        detection.announce(read(ChangeEvent.class, record), record.timestamp(), states);
      } else if (record.topic().equals(topics.decisions().name())) {
        detection.decide(read(AlertDecision.class, record), states);
      } else {
        WindowRecord window = read(WindowRecord.class, record);
        if (Detection.refuses(window).isPresent()) {
          unreadable++;
        } else {
          findings.addAll(detection.observe(window, states));
          windows++;
        }
      }
    } catch (SerializationException e) {
      unreadable++;
    }
  }

  private <T> T read(Class<T> type, ConsumerRecord<byte[], byte[]> record) {
    return serdes
        .value(type)
        .deserializer()
        .deserialize(record.topic(), record.headers(), record.value());
  }

  /** Windows played. */
  public long windows() {
    return windows;
  }

  /** Records that could not be read. */
  public long unreadable() {
    return unreadable;
  }
}
