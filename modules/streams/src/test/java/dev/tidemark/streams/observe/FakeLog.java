package dev.tidemark.streams.observe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** A log in the heap for the topology test driver, which has no broker to read again from. */
final class FakeLog implements Replay {
  private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
  private final Map<TopicPartition, Long> committed = new HashMap<>();

  Replay.Source source() {
    return (applicationId, config) -> this;
  }

  void append(ConsumerRecord<byte[], byte[]> record) {
    records
        .computeIfAbsent(
            new TopicPartition(record.topic(), record.partition()), tp -> new ArrayList<>())
        .add(record);
  }

  void commit(TopicPartition partition, long offset) {
    committed.put(partition, offset);
  }

  long end(TopicPartition partition) {
    return records.getOrDefault(partition, List.of()).size();
  }

  ConsumerRecord<byte[], byte[]> at(TopicPartition partition, long offset) {
    return records.get(partition).get((int) offset);
  }

  @Override
  public long committed(TopicPartition partition) {
    return committed.getOrDefault(partition, -1L);
  }

  @Override
  public void read(
      TopicPartition partition, long from, long to, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    for (ConsumerRecord<byte[], byte[]> record : records.getOrDefault(partition, List.of())) {
      if (record.offset() >= from && record.offset() < to) {
        each.accept(record);
      }
    }
  }

  @Override
  public boolean ask(TopicPartition partition, long position) {
    return true;
  }

  @Override
  public long ahead(TopicPartition partition, long position) {
    return position >= end(partition) ? END : at(partition, position).timestamp();
  }

  @Override
  public void close() {}
}
