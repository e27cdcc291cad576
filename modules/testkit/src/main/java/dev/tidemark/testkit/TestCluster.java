package dev.tidemark.testkit;

import dev.tidemark.embedded.EmbeddedBroker;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * One broker and one schema registry for all integration tests of a JVM, in a temporary directory.
 * Started by the first test that asks, closed and deleted when the JVM ends. Tests share it, so
 * each takes its own topics with {@link #uniquePrefix}. Thread-safe.
 */
public final class TestCluster {
  private static final short ONE_REPLICA = 1;
  private final EmbeddedBroker broker;
  private final AtomicInteger prefixes = new AtomicInteger();

  private static final class Holder {
    static final TestCluster CLUSTER = new TestCluster();
  }

  private TestCluster() {
    Path directory = temporary();
    broker = EmbeddedBroker.start(directory);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  broker.close();
                  delete(directory);
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

  /** Settings every client needs. */
  public Map<String, Object> clientConfig() {
    return Map.of("bootstrap.servers", bootstrapServers());
  }

  /** A topic prefix that no other test of this JVM has. */
  public String uniquePrefix() {
    return "test-" + prefixes.incrementAndGet();
  }

  /**
   * Creates all topics of a deployment and waits until the broker knows them. Spans and events take
   * the producer's time, so that tests can stamp arrival; nothing is ever forgotten by age.
   */
  public void createTopics(Topics topics, int partitions) {
    try (var admin = Admin.create(clientConfig())) {
      admin
          .createTopics(topics.all().stream().map(topic -> created(topic, partitions)).toList())
          .all()
          .get();
      while (!admin.listTopics().names().get().containsAll(names(topics))) {
        Thread.sleep(10);
      }
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

  private static Path temporary() {
    try {
      return Files.createTempDirectory("tidemark-test-cluster");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
