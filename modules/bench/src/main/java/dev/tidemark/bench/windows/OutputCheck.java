package dev.tidemark.bench.windows;

import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.wire.AvroSerdes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What a contestant's windows add up to, read back after its run: who counts less than was written
 * did less work.
 *
 * @param records on the topic
 * @param windows distinct series and windows
 * @param attempts the last value of each, added up over tools and models
 * @param bytes keys and values of all records
 * @param logBytes the same on the broker's disk, in compressed batches
 */
record OutputCheck(long records, long windows, long attempts, long bytes, long logBytes) {

  static OutputCheck ofOurs(Lab lab, String topic) {
    AvroSerdes serdes = lab.serdes();
    Deserializer<WindowRecord> reader = serdes.value(WindowRecord.class).deserializer();
    return of(
        lab,
        topic,
        record -> {
          WindowRecord window = reader.deserialize(topic, record.headers(), record.value());
          SubjectKind kind = window.getSeries().getSubjectKind();
          boolean counts = kind == SubjectKind.TOOL || kind == SubjectKind.MODEL;
          return counts ? window.getAttempts() : 0L;
        });
  }

  static OutputCheck ofPeer(Lab lab, String topic) {
    return of(lab, topic, record -> (Long) ByteBuffer.wrap(record.value()).getLong());
  }

  private static OutputCheck of(
      Lab lab, String topic, Function<ConsumerRecord<byte[], byte[]>, Long> attempts) {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", lab.bootstrap());
    config.put("isolation.level", "read_committed");
    Map<Long, Long> last = new HashMap<>();
    long records = 0;
    long bytes = 0;
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (int p = 0; p < lab.partitions(topic); p++) {
        partitions.add(new TopicPartition(topic, p));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (record.value() == null) {
            continue; // A tick.
          }
          last.put(hash(record.key()), attempts.apply(record));
          records++;
          bytes += record.serializedKeySize() + record.serializedValueSize();
        }
      }
    }
    long sum = last.values().stream().mapToLong(n -> n).sum();
    return new OutputCheck(records, last.size(), sum, bytes, lab.logBytes(topic));
  }

  /** 64 bits of a key, so that a million of them fit. */
  private static long hash(byte[] key) {
    byte[] reversed = key.clone();
    for (int i = 0; i < key.length; i++) {
      reversed[i] = (byte) (key[key.length - 1 - i] * 31 + i);
    }
    return ((long) Arrays.hashCode(key) << 32) ^ (Arrays.hashCode(reversed) & 0xffff_ffffL);
  }
}
