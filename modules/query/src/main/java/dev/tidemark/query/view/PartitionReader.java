package dev.tidemark.query.view;

import dev.tidemark.records.AgentEvidence;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Picks records out of one partition by their offsets, in one forward pass. Confined to one thread;
 * the deserializer may be shared, it is used by one reader at a time.
 */
final class PartitionReader<T> {
  /** A gap longer than this is jumped over rather than read through. */
  private static final long GAP = 2_000;

  private static final String SCHEMA_ID = "__value_schema_id";
  private static final Duration POLL = Duration.ofMillis(200);
  private final Consumer<byte[], byte[]> consumer;
  private final TopicPartition partition;
  private final Deserializer<T> deserializer;
  private final Predicate<T> wanted;

  PartitionReader(
      Consumer<byte[], byte[]> consumer,
      TopicPartition partition,
      Deserializer<T> deserializer,
      Predicate<T> wanted) {
    this.consumer = consumer;
    this.partition = partition;
    this.deserializer = deserializer;
    this.wanted = wanted;
  }

  /**
   * Adds the records at {@code offsets} (ascending) to {@code into}.
   *
   * @return how many of the offsets are before the first record the broker still holds
   */
  long read(long[] offsets, List<T> into, long deadlineNanos) {
    if (offsets.length == 0) {
      return 0;
    }
    consumer.assign(List.of(partition));
    Duration patience = Duration.ofNanos(Math.max(1, deadlineNanos - System.nanoTime()));
    long first =
        consumer.beginningOffsets(Collections.singleton(partition), patience).get(partition);
    long end = consumer.endOffsets(Collections.singleton(partition), patience).get(partition);
    int next = lowerBound(offsets, first);
    long expired = next;
    long position = -1;
    while (next < offsets.length && offsets[next] < end && System.nanoTime() < deadlineNanos) {
      if (position < 0 || offsets[next] - position > GAP) {
        consumer.seek(partition, offsets[next]);
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
        while (next < offsets.length && offsets[next] < record.offset()) {
          next++;
        }
        if (next < offsets.length && offsets[next] == record.offset()) {
          keep(record, into);
          next++;
        }
      }
      position = consumer.position(partition, POLL);
      while (next < offsets.length && offsets[next] < position) {
        next++;
      }
    }
    return expired;
  }

  /** The records that were copied from this partition. */
  List<T> decode(Iterable<AgentEvidence> copies) {
    List<T> decoded = new ArrayList<>();
    for (AgentEvidence copy : copies) {
      var headers = new RecordHeaders();
      if (copy.getSchemaId() != null) {
        headers.add(SCHEMA_ID, bytes(copy.getSchemaId()));
      }
      keep(partition.topic(), headers, bytes(copy.getValue()), decoded);
    }
    return decoded;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private void keep(ConsumerRecord<byte[], byte[]> record, List<T> into) {
    keep(record.topic(), record.headers(), record.value(), into);
  }

  private void keep(String topic, Headers headers, byte[] bytes, List<T> into) {
    try {
      T value;
      synchronized (deserializer) {
        value = deserializer.deserialize(topic, headers, bytes);
      }
      if (value != null && wanted.test(value)) {
        into.add(value);
      }
    } catch (SerializationException unreadable) {
      // Stays in the count of records that could not be read; the summary already judged it.
    }
  }

  private static int lowerBound(long[] offsets, long value) {
    int at = Arrays.binarySearch(offsets, value);
    return at >= 0 ? at : -at - 1;
  }
}
