package dev.tidemark.bench.windows;

import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.TopicProvisioner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;

/** One broker with its registry in a child process, a directory that goes away, and topics. */
final class Lab implements AutoCloseable {
  private static final List<String> BROKER_FLAGS =
      List.of(
          "-XX:+UseParallelGC",
          "-Xms1g",
          "-Xmx1g",
          "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");

  private final Path directory;
  private final Thread sweeper;
  private final ChildJvm broker;
  private final String bootstrap;
  private final String registry;
  private final Admin admin;

  Lab() {
    try {
      directory = Files.createTempDirectory("tidemark-bench");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var ready = new CompletableFuture<String[]>();
    broker =
        ChildJvm.start(
            BrokerMain.class,
            BROKER_FLAGS,
            List.of(directory.resolve("broker").toString()),
            directory.resolve("broker.err"),
            line -> {
              if (line.startsWith("ready ")) {
                ready.complete(line.split(" ", -1));
              }
            });
    sweeper = new Thread(this::sweepAway);
    Runtime.getRuntime().addShutdownHook(sweeper);
    try {
      String[] told = ready.get(60, TimeUnit.SECONDS);
      bootstrap = told[1];
      registry = told[2];
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      broker.close();
      throw new BenchFailure("the broker did not start: " + broker.complaint(), e);
    }
    admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
  }

  String bootstrap() {
    return bootstrap;
  }

  String registry() {
    return registry;
  }

  Admin admin() {
    return admin;
  }

  ChildJvm broker() {
    return broker;
  }

  AvroSerdes serdes() {
    return AvroSerdes.of(Map.of("schema.registry.url", registry));
  }

  /** A new directory below the one that goes away. */
  Path directory(String name) {
    try {
      return Files.createDirectories(directory.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Creates topics; those that are there stay. */
  void create(Collection<Topic<?, ?>> topics, int partitions) {
    TopicProvisioner.ensure(admin, topics, partitions, (short) 1);
    TopicProvisioner.awaitReady(admin, topics.stream().<String>map(Topic::name).toList());
  }

  /** Creates a plain topic. */
  void create(String topic, int partitions) {
    Map<String, String> config = new HashMap<>();
    config.put("message.timestamp.type", "CreateTime");
    await(
        admin
            .createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(config)))
            .all());
    TopicProvisioner.awaitReady(admin, List.of(topic));
  }

  /** Deletes every topic whose name starts so, and waits until they are gone. */
  void delete(String prefix) {
    List<String> names = names(prefix);
    if (names.isEmpty()) {
      return;
    }
    await(admin.deleteTopics(names).all());
    while (!names(prefix).isEmpty()) {
      pause(Duration.ofMillis(50));
    }
  }

  /** Partitions of a topic. */
  int partitions(String topic) {
    Map<String, TopicDescription> found =
        await(admin.describeTopics(List.of(topic)).allTopicNames());
    return found.get(topic).partitions().size();
  }

  /** Size of a topic on the broker's disk. */
  long logBytes(String topic) {
    long bytes = 0;
    for (var directories : await(admin.describeLogDirs(List.of(1)).allDescriptions()).values()) {
      for (LogDirDescription found : directories.values()) {
        for (var replica : found.replicaInfos().entrySet()) {
          bytes += replica.getKey().topic().equals(topic) ? replica.getValue().size() : 0;
        }
      }
    }
    return bytes;
  }

  private List<String> names(String prefix) {
    Set<String> all = await(admin.listTopics().names());
    return all.stream().filter(name -> name.startsWith(prefix)).toList();
  }

  static <T> T await(KafkaFuture<T> future) {
    try {
      return future.get(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new BenchFailure("the broker refused: " + e.getMessage(), e);
    }
  }

  static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted", e);
    }
  }

  private void sweepAway() {
    broker.kill();
    sweep(directory);
  }

  static void sweep(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      System.err.println("bench: " + directory + " could not be removed: delete it by hand");
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(5));
    broker.close();
    sweep(directory);
    try {
      Runtime.getRuntime().removeShutdownHook(sweeper);
    } catch (IllegalStateException e) {
      return; // The JVM is going down and the sweeper runs.
    }
  }
}
