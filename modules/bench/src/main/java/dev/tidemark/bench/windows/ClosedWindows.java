package dev.tidemark.bench.windows;

import dev.tidemark.records.WindowRecord;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A downstream reader of final windows that notes how long after its watermark each came. */
final class ClosedWindows implements AutoCloseable {
  private final RunSpec spec;
  private final AvroSerdes serdes;
  private final Arrivals arrivals;
  private final List<Double> latenciesMs = new ArrayList<>();
  private final Thread thread = new Thread(this::read, "closed-windows");
  private volatile long countFromMs = Long.MAX_VALUE;
  private volatile boolean ending;

  ClosedWindows(RunSpec spec, AvroSerdes serdes, Arrivals arrivals) {
    this.spec = spec;
    this.serdes = serdes;
    this.arrivals = arrivals;
  }

  void start() {
    thread.start();
  }

  /** Windows that end from now on count. */
  void warm(long nowMs) {
    countFromMs = nowMs;
  }

  private void read() {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", spec.bootstrap());
    config.put("isolation.level", "read_committed");
    config.put("fetch.max.wait.ms", 20);
    try (var consumer =
        new KafkaConsumer<>(
            config, new ByteArrayDeserializer(), serdes.value(WindowRecord.class).deserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (int p = 0; p < spec.partitions(); p++) {
        partitions.add(new TopicPartition(Topics.prefixed(spec.prefix()).windows().name(), p));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!ending) {
        for (ConsumerRecord<byte[], WindowRecord> record : consumer.poll(Duration.ofMillis(50))) {
          if (record.value() != null) {
            note(record.value(), System.currentTimeMillis());
          }
        }
      }
    }
  }

  private void note(WindowRecord window, long nowMs) {
    long passed = arrivals.passedMs(window.getWindowEndMs());
    if (window.getRevision() == 0 && passed > 0 && window.getWindowEndMs() >= countFromMs) {
      synchronized (latenciesMs) {
        latenciesMs.add((double) nowMs - passed);
      }
    }
  }

  double[] latenciesMs() {
    synchronized (latenciesMs) {
      return latenciesMs.stream().mapToDouble(ms -> ms).toArray();
    }
  }

  @Override
  public void close() {
    ending = true;
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
