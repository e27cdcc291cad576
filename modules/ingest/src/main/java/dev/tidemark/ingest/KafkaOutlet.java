package dev.tidemark.ingest;

import dev.tidemark.records.AgentContent;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.RecordKeys;
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
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes to {@code agent-spans}, {@code agent-events} and, where content is kept, {@code
 * agent-content}, acknowledged by all replicas. Gives up within {@link #LIMIT}, sooner than an
 * exporter does by default, so that it hears the answer. Thread-safe.
 */
public final class KafkaOutlet implements Outlet {
  /** Longest time until the brokers' answer, or until there is none. */
  static final Duration LIMIT = Duration.ofSeconds(8);

  private final KafkaProducer<String, SpecificRecord> producer;
  private final String spans;
  private final String events;
  private final String contents;

  /** Opens a producer; {@code client} holds Kafka's own settings. */
  public KafkaOutlet(Map<String, Object> client, Topics topics, AvroSerdes serdes) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 5);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 3_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5_000);
    this.spans = topics.spans().name();
    this.events = topics.events().name();
    this.contents = topics.content().name();
    Serializer<AgentSpan> span = serdes.value(AgentSpan.class).serializer();
    Serializer<AgentEvent> event = serdes.value(AgentEvent.class).serializer();
    Serializer<AgentContent> content = serdes.value(AgentContent.class).serializer();
    this.producer =
        new KafkaProducer<>(
            settings,
            new StringSerializer(),
            (topic, record) -> {
              if (record instanceof AgentSpan one) {
                return span.serialize(topic, one);
              }
              return record instanceof AgentEvent one
                  ? event.serialize(topic, one)
                  : content.serialize(topic, (AgentContent) record);
            });
  }

  @Override
  public int publish(Batch batch) throws Unavailable {
    long until = System.nanoTime() + LIMIT.toNanos();
    try {
      List<Future<RecordMetadata>> sent = new ArrayList<>(batch.size());
      for (AgentSpan span : batch.spans()) {
        sent.add(producer.send(new ProducerRecord<>(spans, span.getTraceId(), span)));
      }
      for (AgentEvent event : batch.events()) {
        sent.add(producer.send(new ProducerRecord<>(events, event.getTraceId(), event)));
      }
      for (AgentContent content : batch.contents()) {
        sent.add(
            producer.send(new ProducerRecord<>(contents, RecordKeys.content(content), content)));
      }
      int refused = 0;
      for (Future<RecordMetadata> one : sent) {
        refused += acknowledged(one, until) ? 0 : 1;
      }
      return refused;
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw new Unavailable("Kafka did not acknowledge the records; try again", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("the receiver stops; try again", e);
    }
  }

  private static boolean acknowledged(Future<RecordMetadata> one, long until)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      one.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RecordTooLargeException) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    producer.close(LIMIT);
  }
}
