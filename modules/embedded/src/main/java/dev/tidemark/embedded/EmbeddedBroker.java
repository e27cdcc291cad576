package dev.tidemark.embedded;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker inside this process: one KRaft node on the loopback interface, for demos, tests
 * and laptops. Not for production: one copy of everything, no encryption, no authentication.
 *
 * <p>The directory holds the data and the ports. A start on the same directory continues with the
 * same data under the same address. Thread-safe; {@link #close} waits until the broker has stopped.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);

  private final Path directory;
  private final DirectoryLock lock;
  private final BrokerPorts ports;
  private final KafkaNode node;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedBroker(Path directory, DirectoryLock lock, BrokerPorts ports, KafkaNode node) {
    this.directory = directory;
    this.lock = lock;
    this.ports = ports;
    this.node = node;
  }

  /**
   * Starts on the port kept in the directory, or on a free one when the directory is new.
   *
   * @throws EmbeddedException when the port or the directory is in use
   */
  public static EmbeddedBroker start(Path directory) {
    return start(directory, 0);
  }

  /**
   * Starts and returns when clients may connect.
   *
   * @param directory data directory, created when missing
   * @param port port for clients; 0 means the kept or a free one
   * @throws EmbeddedException when the port or the directory is in use
   */
  public static EmbeddedBroker start(Path directory, int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not one: choose 0 to 65535");
    }
    Path home = directory.toAbsolutePath().normalize();
    DirectoryLock lock = DirectoryLock.take(home);
    try {
      BrokerPorts ports = BrokerPorts.forStart(home, port);
      Path logs = home.resolve("logs");
      KafkaNode.format(logs);
      KafkaNode node = KafkaNode.start(logs, ports);
      ports.keep(home);
      log.info("broker listens on 127.0.0.1:{}, data in {}", ports.broker(), home);
      return new EmbeddedBroker(home, lock, ports, node);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Address for clients, such as {@code 127.0.0.1:20411}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + ports.broker();
  }

  /** Data directory, absolute. */
  public Path directory() {
    return directory;
  }

  /** Stops cleanly, waits, and frees the directory; a second call does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        node.close();
      } finally {
        lock.close();
      }
    }
  }
}
