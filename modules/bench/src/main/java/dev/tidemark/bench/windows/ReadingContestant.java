package dev.tidemark.bench.windows;

import dev.tidemark.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A bare consumer of all partitions that hands every record to somebody: no group, no commit. */
final class ReadingContestant implements Contestant {
  private final RunSpec spec;
  private final Consumer<ConsumerRecord<byte[], byte[]>> each;
  private final Thread thread = new Thread(this::read, "reading");
  private volatile long consumed;
  private volatile boolean ending;
  private volatile String failure;

  ReadingContestant(RunSpec spec, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    this.spec = spec;
    this.each = each;
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public long consumed() {
    return consumed;
  }

  @Override
  public String failure() {
    return failure;
  }

  @Override
  public void close() {
    ending = true;
  }

  private void read() {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", spec.bootstrap());
    config.put("isolation.level", "read_committed");
    config.put("max.poll.records", 1_000);
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      String topic = Topics.prefixed(spec.prefix()).spans().name();
      List<TopicPartition> partitions = new ArrayList<>();
      for (int p = 0; p < spec.partitions(); p++) {
        partitions.add(new TopicPartition(topic, p));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long count = 0;
      while (!ending) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(100));
        for (ConsumerRecord<byte[], byte[]> record : records) {
          each.accept(record);
        }
        count += records.count();
        consumed = count;
      }
    } catch (RuntimeException e) {
      failure = e.toString();
    }
  }
}
