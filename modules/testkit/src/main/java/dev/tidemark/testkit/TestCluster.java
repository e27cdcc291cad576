package dev.tidemark.testkit;

import dev.tidemark.embedded.EmbeddedBroker;
import dev.tidemark.embedded.EmbeddedRegistry;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.TopicProvisioner;
import dev.tidemark.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * One broker and one schema registry for all integration tests of a JVM, in a temporary directory.
 * Started by the first test that asks, closed and deleted when the JVM ends. Tests share it, so
 * each takes its own topics with {@link #uniquePrefix}. Thread-safe.
 */
public final class TestCluster {
  private static final short ONE_REPLICA = 1;
  private static final Duration POLL = Duration.ofMillis(100);
  private final EmbeddedBroker broker;
  private final EmbeddedRegistry registry;
  private final AtomicInteger prefixes = new AtomicInteger();

  private static final class Holder {
    static final TestCluster CLUSTER = new TestCluster();
  }

  private TestCluster() {
    Path directory = TemporaryDirectory.create("tidemark-test-cluster");
    broker = EmbeddedBroker.start(directory);
    registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  registry.close();
                  broker.close();
                  TemporaryDirectory.delete(directory);
                },
                "close-test-cluster"));
  }

  /** The cluster of this JVM. */
  public static TestCluster shared() {
    return Holder.CLUSTER;
  }

  /** Address of the broker. */
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** Address of the schema registry. */
  public String registryUrl() {
    return registry.url();
  }

  /** Settings every client needs. */
  public Map<String, Object> clientConfig() {
    return Map.of("bootstrap.servers", bootstrapServers(), "schema.registry.url", registryUrl());
  }

  /**
   * All committed records that the topic holds now, partition by partition, in the order of their
   * offsets.
   */
  public <K, V> List<ConsumerRecord<K, V>> readAll(Topic<K, V> topic) {
    AvroSerdes serdes = AvroSerdes.of(clientConfig());
    Map<String, Object> config =
        Map.of("bootstrap.servers", bootstrapServers(), "isolation.level", "read_committed");
    try (var consumer =
        new KafkaConsumer<>(
            config,
            serdes.key(topic.keyType()).deserializer(),
            serdes.value(topic.valueType()).deserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<ConsumerRecord<K, V>> records = new ArrayList<>();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(POLL).forEach(records::add);
      }
      records.removeIf(
          record ->
              record.offset() >= ends.get(new TopicPartition(record.topic(), record.partition())));
      records.sort(
          Comparator.comparingInt((ConsumerRecord<K, V> record) -> record.partition())
              .thenComparingLong(ConsumerRecord::offset));
      return records;
    }
  }

  /** A topic prefix that no other test of this JVM has. */
  public String uniquePrefix() {
    return "test-" + prefixes.incrementAndGet();
  }

  /** All topics under a prefix, those of the engine included. */
  public List<String> topics(String prefix) {
    try (var admin = Admin.create(clientConfig())) {
      return admin.listTopics().names().get().stream()
          .filter(name -> name.startsWith(prefix + "-"))
          .sorted()
          .toList();
    } catch (ExecutionException e) {
      throw new IllegalStateException("topics were not listed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while topics were listed", e);
    }
  }

  /**
   * Creates all topics of a deployment and waits until every partition answers. Spans and events
   * take the producer's time, so that tests can stamp arrival; nothing is ever forgotten by age.
   */
  public void createTopics(Topics topics, int partitions) {
    try (var admin = Admin.create(clientConfig())) {
      admin
          .createTopics(topics.all().stream().map(topic -> created(topic, partitions)).toList())
          .all()
          .get();
      TopicProvisioner.awaitReady(admin, names(topics));
    } catch (ExecutionException e) {
      throw new IllegalStateException("topics of the test were not created", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while topics were created", e);
    }
  }

  private static List<String> names(Topics topics) {
    return topics.all().stream().<String>map(Topic::name).toList();
  }

  private static NewTopic created(Topic<?, ?> topic, int partitions) {
    var config = new HashMap<>(topic.stampedBy(Topic.Clock.PRODUCER).config());
    config.put("retention.ms", "-1");
    return new NewTopic(topic.name(), partitions, ONE_REPLICA).configs(config);
  }
}
