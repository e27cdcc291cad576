package dev.tidemark.app.host;

import dev.tidemark.app.Failure;
import dev.tidemark.app.rules.RuleSet;
import dev.tidemark.core.cost.PriceBook;
import dev.tidemark.core.detect.DetectorSettings;
import dev.tidemark.embedded.EmbeddedBroker;
import dev.tidemark.embedded.EmbeddedRegistry;
import dev.tidemark.streams.evidence.EvidenceConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * Broker, registry, topics, every role and the page in this process. Closing stops them in the
 * reverse order.
 */
public final class Laptop implements AutoCloseable {
  /** Partitions of every topic. */
  public static final int PARTITIONS = 2;

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Cluster cluster;
  private final StreamsHost roles;
  private final URI page;
  private final MeterRegistry meters;

  private Laptop(
      Path directory, int kafkaPort, int registryPort, int port, RuleSet rules, EvidenceConfig kept)
      throws ExecutionException, InterruptedException {
    try {
      EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), kafkaPort);
      parts.push(broker);
      EmbeddedRegistry registry = EmbeddedRegistry.start(broker.bootstrapServers(), registryPort);
      parts.push(registry);
      cluster = Cluster.of(broker.bootstrapServers(), Map.of(), registry.url(), "");
      Preflight checked;
      try (Admin admin = cluster.admin()) {
        new Provisioning(admin, Provisioning.topics(cluster.topics(), true), PARTITIONS, -1)
            .createMissing();
        checked = Preflight.check(admin, cluster);
      }
      PrometheusMeterRegistry scraped = Serving.meters();
      meters = scraped;
      roles =
          new StreamsHost(
              HostConfig.laptop(cluster, directory.resolve("state")),
              Role.topologies()
                  .map(role -> role.topology(cluster, checked, PriceBook.EMPTY, rules, kept))
                  .toList(),
              meters);
      parts.push(roles);
      DetectorSettings detector = rules.detect(checked.subjectPartitions()).settings();
      Serving serving =
          Serving.start(roles, cluster, detector, scraped, "127.0.0.1", port, java.util.Set.of());
      parts.push(serving);
      page = serving.address();
      roles.start();
      roles.awaitRunning(Duration.ofSeconds(60));
    } catch (RuntimeException | ExecutionException | InterruptedException e) {
      close();
      throw e;
    }
  }

  /** Starts everything with evidence as it is by default. */
  public static Laptop start(
      Path directory, int kafkaPort, int registryPort, int port, RuleSet rules)
      throws ExecutionException, InterruptedException {
    return start(directory, kafkaPort, registryPort, port, rules, EvidenceConfig.DEFAULT);
  }

  /**
   * Starts everything; returns when every role runs.
   *
   * @param directory data of the broker and of the stores, kept between starts
   * @param kafkaPort port of the broker; 0 for the kept or a free one
   * @param registryPort port of the registry; 0 for a free one
   * @param port port of the page; 0 for a free one
   * @param rules what detect and alert are told
   * @param kept what evidence is told
   */
  public static Laptop start(
      Path directory, int kafkaPort, int registryPort, int port, RuleSet rules, EvidenceConfig kept)
      throws ExecutionException, InterruptedException {
    return new Laptop(directory, kafkaPort, registryPort, port, rules, kept);
  }

  /** Deletes a directory that an earlier start left; does nothing when there is none. */
  public static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw Failure.failed("cannot delete " + directory + ": delete it by hand", e);
    }
  }

  /** How clients reach it. */
  public Cluster cluster() {
    return cluster;
  }

  /** Lines for a shell that make the other commands ask this cluster. */
  public List<String> environment() {
    return List.of(
        "export TIDEMARK_BOOTSTRAP_SERVER=" + cluster.bootstrapServers(),
        "export TIDEMARK_SCHEMA_REGISTRY=" + cluster.registryUrl(),
        "export TIDEMARK_URL=" + page);
  }

  /** The roles that run. */
  public StreamsHost roles() {
    return roles;
  }

  /** Meters of everything that runs in this process. */
  public MeterRegistry meters() {
    return meters;
  }

  /** Address of the page. */
  public URI page() {
    return page;
  }

  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        org.slf4j.LoggerFactory.getLogger(Laptop.class).warn("a part did not stop cleanly", e);
      }
    }
  }
}
