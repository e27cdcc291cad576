package dev.tidemark.query.view;

import dev.tidemark.records.AgentEvidence;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.EvidenceKind;
import dev.tidemark.wire.Partitioning;
import dev.tidemark.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Finds copies of records that their own topics have forgotten. Copies are stamped no earlier than
 * the run's end, so one pass from its start on meets all of them, and stops at the last one.
 * Confined to one thread.
 */
final class EvidenceReader {
  private static final Duration POLL = Duration.ofMillis(200);

  /** Where to begin when the start of a run is unknown, before its end. */
  private static final long UNKNOWN_START_MS = Duration.ofHours(1).toMillis();

  private final Consumer<byte[], byte[]> consumer;
  private final Topics topics;
  private final Deserializer<AgentEvidence> evidence;

  EvidenceReader(
      Consumer<byte[], byte[]> consumer, Topics topics, Deserializer<AgentEvidence> evidence) {
    this.consumer = consumer;
    this.topics = topics;
    this.evidence = evidence;
  }

  /** Copies of the records at these offsets, as far as there are any, by offset. */
  Map<EvidenceKind, SortedMap<Long, AgentEvidence>> read(
      AgentRun run, Set<Long> spans, Set<Long> events, long deadlineNanos) {
    Map<EvidenceKind, Set<Long>> missing =
        Map.of(EvidenceKind.SPAN, new HashSet<>(spans), EvidenceKind.EVENT, new HashSet<>(events));
    Map<EvidenceKind, SortedMap<Long, AgentEvidence>> found =
        Map.of(EvidenceKind.SPAN, new TreeMap<>(), EvidenceKind.EVENT, new TreeMap<>());
    List<PartitionInfo> partitions = consumer.partitionsFor(topics.evidence().name());
    if (partitions == null || partitions.isEmpty()) {
      return found;
    }
    int count = partitions.size();
    var partition =
        new TopicPartition(topics.evidence().name(), Partitioning.trace(run.getTraceId(), count));
    consumer.assign(List.of(partition));
    OffsetAndTimestamp from =
        consumer.offsetsForTimes(Map.of(partition, beginMs(run))).get(partition);
    if (from == null) {
      return found;
    }
    long end = consumer.endOffsets(List.of(partition)).get(partition);
    byte[] key = (run.getTraceId() + '/').getBytes(StandardCharsets.UTF_8);
    consumer.seek(partition, from.offset());
    while (consumer.position(partition) < end
        && missing.values().stream().anyMatch(offsets -> !offsets.isEmpty())
        && System.nanoTime() < deadlineNanos) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
        if (startsWith(record.key(), key) && record.value() != null) {
          take(record, run.getSourcePartition(), missing, found);
        }
      }
    }
    return found;
  }

  private static boolean startsWith(byte[] key, byte[] head) {
    return key != null
        && key.length > head.length
        && Arrays.equals(key, 0, head.length, head, 0, head.length);
  }

  private static long beginMs(AgentRun run) {
    Long start = run.getStartMs();
    return Math.max(0, start == null ? run.getEndMs() - UNKNOWN_START_MS : start);
  }

  private void take(
      ConsumerRecord<byte[], byte[]> record,
      int source,
      Map<EvidenceKind, Set<Long>> missing,
      Map<EvidenceKind, SortedMap<Long, AgentEvidence>> found) {
    AgentEvidence copy;
    try {
      synchronized (evidence) {
        copy = evidence.deserialize(record.topic(), record.headers(), record.value());
      }
    } catch (SerializationException unreadable) {
      return; // Stays among what was not read back.
    }
    Set<Long> wanted = missing.get(copy.getKind());
    if (copy.getPartition() == source && wanted != null && wanted.remove(copy.getOffset())) {
      found.get(copy.getKind()).put(copy.getOffset(), copy);
    }
  }
}
