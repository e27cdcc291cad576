package dev.tidemark.query;

import dev.tidemark.core.detect.DetectorSettings;
import dev.tidemark.query.http.Front;
import dev.tidemark.query.http.LocalHost;
import dev.tidemark.query.http.SlowClients;
import dev.tidemark.query.view.SpanReader;
import dev.tidemark.query.view.StateViews;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Serves the API, the page, metrics and health over HTTP, to this machine only. Reading is all it
 * can do. Thread-safe; {@link #close} lets requests in flight finish.
 */
public final class QueryServer implements AutoCloseable {
  private static final int MAX_CONNECTIONS = 256;
  private static final int MAX_HEADER_BYTES = 8_192;
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration IDLE_AT_STOP = Duration.ofMillis(200);
  private static final Duration HEADERS_WITHIN = Duration.ofSeconds(10);
  private static final Duration STOP = Duration.ofSeconds(3);
  private final Server server;
  private final URI address;

  private QueryServer(Server server, URI address) {
    this.server = server;
    this.address = address;
  }

  /** A server to be configured. */
  public static Builder builder() {
    return new Builder();
  }

  /** Where it listens, such as {@code http://127.0.0.1:8094}. */
  public URI address() {
    return address;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("query server did not stop cleanly", e);
    }
  }

  /** Settings of a server. Not thread-safe. */
  public static final class Builder {
    private String host = "127.0.0.1";
    private Set<String> names = Set.of();
    private int port;
    private StateViews views;
    private SpanReader spans;
    private DetectorSettings detector = DetectorSettings.defaults(1);
    private InstantSource clock = InstantSource.system();
    private Supplier<String> metrics = () -> "";
    private Supplier<Health> live = Health::up;
    private Supplier<Health> ready = Health::up;

    private Builder() {}

    /** Address to listen on; only loopback is accepted unless {@link #names} are given. */
    public Builder host(String value) {
      host = value;
      return this;
    }

    /**
     * Host names by which others may call the server, such as its name in a container network.
     * Giving any says that whoever reaches the address may read everything.
     */
    public Builder names(Set<String> value) {
      names = Set.copyOf(value);
      return this;
    }

    /** Port to listen on; 0, the default, takes a free one. */
    public Builder port(int value) {
      port = value;
      return this;
    }

    /** The stores to read. */
    public Builder views(StateViews value) {
      views = value;
      return this;
    }

    /** Where spans are read back; closed by its owner, not by the server. */
    public Builder spans(SpanReader value) {
      spans = value;
      return this;
    }

    /** What detect was set to: decides how much data a signal needs. */
    public Builder detector(DetectorSettings value) {
      detector = value;
      return this;
    }

    /** Text for /metrics in the Prometheus format. */
    public Builder metrics(Supplier<String> value) {
      metrics = value;
      return this;
    }

    /** Verdict for /livez. */
    public Builder live(Supplier<Health> value) {
      live = value;
      return this;
    }

    /** Verdict for /readyz; /startupz is well once this was well. */
    public Builder ready(Supplier<Health> value) {
      ready = value;
      return this;
    }

    /** The wall clock that answers show; tests stop it. */
    Builder clock(InstantSource value) {
      clock = value;
      return this;
    }

    /**
     * Starts listening.
     *
     * @throws IllegalArgumentException when others could reach the address
     * @throws IllegalStateException when the port is taken
     */
    public QueryServer start() {
      Objects.requireNonNull(views, "views");
      Objects.requireNonNull(spans, "spans");
      if (names.isEmpty()) {
        LocalHost.require(host);
      }
      var threads = new QueuedThreadPool(24, 4);
      threads.setName("query");
      threads.setDaemon(true);
      var server = new Server(threads);
      var http = new HttpConfiguration();
      http.setSendServerVersion(false);
      http.setSendXPoweredBy(false);
      http.setRequestHeaderSize(MAX_HEADER_BYTES);
      http.setUriCompliance(UriCompliance.DEFAULT);
      var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
      connector.setHost(host);
      connector.setPort(port);
      connector.setIdleTimeout(IDLE.toMillis());
      connector.setShutdownIdleTimeout(IDLE_AT_STOP.toMillis());
      connector.addBean(new SlowClients(connector.getScheduler(), HEADERS_WITHIN));
      server.addConnector(connector);
      server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));
      server.setErrorHandler(Front.errors());
      server.setStopTimeout(STOP.toMillis());
      var site = new Site(views, spans, detector, clock, metrics, live, ready);
      server.setHandler(new GracefulHandler(new Front(site::reply, names)));
      try {
        server.start();
      } catch (Exception e) {
        try {
          server.stop();
        } catch (Exception second) {
          e.addSuppressed(second);
        }
        throw new IllegalStateException(
            "query server cannot listen on "
                + host
                + ":"
                + port
                + ": "
                + e.getMessage()
                + ": choose another port",
            e);
      }
      String shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
      return new QueryServer(
          server, URI.create("http://" + shown + ":" + connector.getLocalPort()));
    }
  }
}
