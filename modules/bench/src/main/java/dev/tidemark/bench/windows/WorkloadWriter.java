package dev.tidemark.bench.windows;

import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.SpanKind;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Partitioning;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Writes spans the way agents do: Avro in Confluent's frame, keyed by trace, lz4. */
final class WorkloadWriter implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;
  private final Serializer<AgentSpan> serializer;
  private final Topics topics;
  private final int partitions;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  WorkloadWriter(String bootstrap, AvroSerdes serdes, Topics topics, int partitions) {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", bootstrap);
    config.put("compression.type", "lz4");
    config.put("linger.ms", 20);
    config.put("batch.size", 128 << 10);
    this.producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    this.serializer = serdes.value(AgentSpan.class).serializer();
    this.topics = topics;
    this.partitions = partitions;
  }

  /** Writes a whole shape and the heartbeats that let its last window close. */
  Written write(SpanSource source) {
    long spans = 0;
    long attempts = 0;
    long bytes = 0;
    long last = 0;
    for (Stamped next = source.next(); next != null; next = source.next()) {
      bytes += span(next.span(), next.arrivalMs());
      spans++;
      attempts += next.span().getKind() == SpanKind.RUN ? 0 : 1;
      last = next.arrivalMs();
    }
    heartbeats(last + 60_000);
    return new Written(spans, partitions, attempts, bytes, last);
  }

  /** Sends one span; returns the size of its value. */
  int span(AgentSpan span, long arrivalMs) {
    String topic = topics.spans().name();
    byte[] value = serializer.serialize(topic, span);
    byte[] key = span.getTraceId().getBytes(StandardCharsets.UTF_8);
    int partition = Partitioning.trace(span.getTraceId(), partitions);
    send(new ProducerRecord<>(topic, partition, arrivalMs, key, value));
    return value.length;
  }

  /** Says to every partition that nothing earlier is outstanding. */
  void heartbeats(long arrivalMs) {
    Headers headers = new RecordHeaders().add("tidemark-heartbeat", new byte[0]);
    for (Topic<?, ?> topic : List.of(topics.spans(), topics.events())) {
      for (int p = 0; p < partitions; p++) {
        send(new ProducerRecord<>(topic.name(), p, arrivalMs, null, null, headers));
      }
    }
    flush();
  }

  /** Waits until everything sent is on the topic. */
  void flush() {
    producer.flush();
    Exception failed = failure.get();
    if (failed != null) {
      throw new KafkaException("the workload could not be written", failed);
    }
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    var unused =
        producer.send(
            record,
            (metadata, problem) -> {
              if (problem != null) {
                failure.compareAndSet(null, problem);
              }
            });
  }

  @Override
  public void close() {
    producer.close();
  }
}
