package dev.tidemark.embedded;

import com.sun.net.httpserver.HttpServer;
import dev.tidemark.embedded.EmbeddedException.Reason;
import java.io.IOException;
import java.net.BindException;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry inside this process, on the loopback interface: the part of the Confluent
 * registry's REST interface that Avro clients need, kept in the broker's topic {@code _schemas}.
 * One registry per broker. Not for production: no encryption, no authentication.
 *
 * <p>Thread-safe; {@link #close} waits until the registry has stopped.
 */
public final class EmbeddedRegistry implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedRegistry.class);
  private static final int THREADS = 4;
  private static final int BACKLOG = 64;

  /** Limits of the JDK's server, which has none by default; seconds, counts, bytes. */
  private static final Map<String, String> LIMITS =
      Map.of(
          "sun.net.httpserver.maxReqTime", "20",
          "sun.net.httpserver.maxRspTime", "20",
          "sun.net.httpserver.idleInterval", "30",
          "sun.net.httpserver.maxReqHeaders", "64",
          "sun.net.httpserver.maxReqHeaderSize", "16384",
          "sun.net.httpserver.nodelay", "true",
          "jdk.httpserver.maxConnections", "256");

  private final HttpServer server;
  private final ExecutorService threads;
  private final SubjectRegistry registry;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedRegistry(HttpServer server, ExecutorService threads, SubjectRegistry registry) {
    this.server = server;
    this.threads = threads;
    this.registry = registry;
    server.setExecutor(threads);
    server.createContext("/", new RegistryHttp(new RegistryRoutes(registry).all()));
    server.start();
    log.info("schema registry listens on {}", url());
  }

  /**
   * Starts and returns when all schemas of the broker are known.
   *
   * @param bootstrapServers address of the broker
   * @param port port of the registry; 0 means a free one
   * @throws EmbeddedException when the port is in use or the broker does not answer
   */
  public static EmbeddedRegistry start(String bootstrapServers, int port) {
    return serve(() -> SchemasTopic.open(bootstrapServers), port);
  }

  /** Starts on any log; the log is opened when the port is known to be free. */
  static EmbeddedRegistry serve(Supplier<SchemaLog> log, int port) {
    HttpServer server = bind(port == 0 ? Ports.free() : port);
    try {
      return new EmbeddedRegistry(server, threads(), opened(log.get()));
    } catch (RuntimeException e) {
      server.stop(0);
      throw e;
    }
  }

  /** Address for clients, such as {@code http://127.0.0.1:20412}. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Stops and waits; a second call does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      server.stop(0);
      threads.shutdown();
      registry.close();
    }
  }

  private static SubjectRegistry opened(SchemaLog log) {
    try {
      return new SubjectRegistry(log);
    } catch (RegistryError e) {
      log.close();
      throw new EmbeddedException(
          Reason.FAILED, "schema registry cannot read its log: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      log.close();
      throw e;
    }
  }

  private static HttpServer bind(int port) {
    LIMITS.forEach((name, limit) -> System.setProperty(name, System.getProperty(name, limit)));
    try {
      return HttpServer.create(Ports.loopback(port), BACKLOG);
    } catch (BindException e) {
      throw Ports.inUse("schema registry", port, e);
    } catch (IOException e) {
      throw new EmbeddedException(
          Reason.FAILED, "schema registry cannot open port " + port + " of 127.0.0.1", e);
    }
  }

  private static ExecutorService threads() {
    var number = new AtomicInteger();
    return Executors.newFixedThreadPool(
        THREADS,
        task -> {
          var thread = new Thread(task, "tidemark-registry-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
