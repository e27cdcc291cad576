package dev.tidemark.ingest;

import dev.tidemark.records.AgentSpan;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes to {@code agent-spans}, acknowledged by all replicas. Thread-safe. */
public final class KafkaSpanOutlet implements SpanOutlet {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private final KafkaProducer<String, AgentSpan> producer;
  private final String topic;

  /** Opens a producer; {@code client} holds Kafka's own settings. */
  public KafkaSpanOutlet(Map<String, Object> client, Topics topics, AvroSerdes serdes) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LIMIT.toMillis());
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) LIMIT.toMillis());
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) LIMIT.toMillis() / 2);
    this.topic = topics.spans().name();
    this.producer =
        new KafkaProducer<>(
            settings, new StringSerializer(), serdes.value(AgentSpan.class).serializer());
  }

  @Override
  public void publish(List<AgentSpan> spans) throws Unavailable {
    try {
      List<Future<RecordMetadata>> sent = new ArrayList<>(spans.size());
      for (AgentSpan span : spans) {
        sent.add(producer.send(new ProducerRecord<>(topic, span.getTraceId(), span)));
      }
      for (Future<RecordMetadata> one : sent) {
        one.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw new Unavailable("Kafka did not acknowledge the spans; try again", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("stopping; try again", e);
    }
  }

  @Override
  public void close() {
    producer.close(LIMIT);
  }
}
