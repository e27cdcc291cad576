package dev.tidemark.embedded;

import dev.tidemark.embedded.EmbeddedException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The log in a compacted topic of one partition; every write is acknowledged by the broker. */
final class SchemasTopic implements SchemaLog {
  static final String NAME = "_schemas";
  private static final TopicPartition PARTITION = new TopicPartition(NAME, 0);

  /** The question for the end offset waits behind a fetch that waits for data. */
  private static final int FETCH_WAIT_MS = 5;

  private static final Duration LIMIT = Duration.ofSeconds(15);

  private final KafkaProducer<String, String> producer;
  private final KafkaConsumer<String, String> consumer;

  private SchemasTopic(String servers) {
    int limit = Math.toIntExact(LIMIT.toMillis());
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                servers,
                "client.id",
                "tidemark-registry-writer",
                "acks",
                "all",
                "linger.ms",
                0,
                "request.timeout.ms",
                limit / 3,
                "delivery.timeout.ms",
                limit,
                "max.block.ms",
                limit),
            new StringSerializer(),
            new StringSerializer());
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", servers,
                "client.id", "tidemark-registry-reader",
                "fetch.max.wait.ms", FETCH_WAIT_MS,
                "default.api.timeout.ms", limit),
            new StringDeserializer(),
            new StringDeserializer());
    consumer.assign(List.of(PARTITION));
    consumer.seekToBeginning(List.of(PARTITION));
  }

  /**
   * Opens the topic and creates it when it is missing.
   *
   * @throws EmbeddedException when the broker does not answer
   */
  static SchemasTopic open(String servers) {
    create(servers);
    return new SchemasTopic(servers);
  }

  @Override
  public void append(List<Change> changes) {
    try {
      var sent = new ArrayList<Future<RecordMetadata>>();
      for (Change change : changes) {
        ChangeCodec.Entry entry = ChangeCodec.encode(change);
        sent.add(producer.send(new ProducerRecord<>(NAME, 0, entry.key(), entry.value())));
      }
      for (Future<RecordMetadata> future : sent) {
        future.get();
      }
    } catch (ExecutionException e) {
      throw unwritten(e.getCause());
    } catch (KafkaException e) {
      throw unwritten(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RegistryError.store("registry was stopped while it wrote: ask again");
    }
  }

  @Override
  public void read(Consumer<Change> changes) {
    try {
      long end = consumer.endOffsets(List.of(PARTITION)).get(PARTITION);
      while (consumer.position(PARTITION) < end) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
          changes.accept(decoded(record));
        }
      }
    } catch (TimeoutException e) {
      throw RegistryError.storeTimeout("broker does not answer: check that it runs");
    } catch (KafkaException e) {
      throw RegistryError.store("topic " + NAME + " cannot be read: check that the broker runs");
    }
  }

  @Override
  public void close() {
    producer.close(LIMIT);
    consumer.close();
  }

  private static void create(String servers) {
    var topic =
        new NewTopic(NAME, Optional.of(1), Optional.empty())
            .configs(Map.of("cleanup.policy", "compact"));
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            servers,
            "default.api.timeout.ms",
            (int) LIMIT.toMillis(),
            "request.timeout.ms",
            (int) LIMIT.toMillis() / 3);
    try (var admin = Admin.create(config)) {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw unreachable(servers, e.getCause());
      }
    } catch (KafkaException e) {
      throw unreachable(servers, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(servers, e);
    }
  }

  private static Change decoded(ConsumerRecord<String, String> record) {
    try {
      return ChangeCodec.decode(record.key(), record.value());
    } catch (IOException e) {
      throw new EmbeddedException(
          Reason.FAILED,
          "topic "
              + NAME
              + " was not written by this registry (offset "
              + record.offset()
              + "): use another broker, or the registry that owns it",
          e);
    }
  }

  private static EmbeddedException unreachable(String servers, Throwable cause) {
    return new EmbeddedException(
        Reason.FAILED,
        "broker "
            + servers
            + " does not let the registry create topic "
            + NAME
            + ": start it first",
        cause);
  }

  private static RegistryError unwritten(Throwable cause) {
    return cause instanceof TimeoutException
        ? RegistryError.storeTimeout("broker did not acknowledge in time: ask again")
        : RegistryError.store("topic " + NAME + " cannot be written: check that the broker runs");
  }
}
