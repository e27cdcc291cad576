package dev.tidemark.ingest.receive;

import dev.tidemark.core.dialect.Normalizer;
import dev.tidemark.ingest.Outlet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * OTLP over HTTP and over gRPC: traces and logs, acknowledged once the brokers have them.
 * Thread-safe; {@link #close} lets requests in flight finish.
 */
public final class OtlpReceiver implements AutoCloseable {
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration GRPC_IDLE = Duration.ofMinutes(5);
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final int STREAMS_PER_CONNECTION = 100;
  private final Server server;
  private final Front front;
  private final ReceiverCounts counts;
  private final URI http;
  private final URI grpc;

  private OtlpReceiver(Server server, Front front, ReceiverCounts counts, URI http, URI grpc) {
    this.server = server;
    this.front = front;
    this.counts = counts;
    this.http = http;
    this.grpc = grpc;
  }

  /** Starts to listen and reads dialects without settings of a deployment. */
  public static OtlpReceiver start(ReceiverConfig config, Outlet outlet) throws IOException {
    return start(config, outlet, Normalizer.standard());
  }

  /**
   * Starts to listen.
   *
   * @throws IllegalArgumentException when others could send without a token, in one sentence
   * @throws IOException when a port is in use, in one sentence
   */
  public static OtlpReceiver start(ReceiverConfig config, Outlet outlet, Normalizer normalizer)
      throws IOException {
    requireTokens(config);
    Limits limits = config.limits();
    var counts = new ReceiverCounts();
    var front =
        new Front(
            new Gate(config.tokens()),
            new Door(outlet, normalizer, limits, counts),
            limits,
            counts);
    var threads = new QueuedThreadPool(limits.publishing() + 16, 4);
    threads.setName("otlp");
    threads.setDaemon(true);
    var server = new Server(threads);
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(Limits.HEADER_BYTES);
    http.setUriCompliance(UriCompliance.DEFAULT);
    ServerConnector forHttp =
        connector(server, config, config.httpPort(), IDLE, forHttp(http, config.tls()));
    ServerConnector forGrpc =
        connector(server, config, config.grpcPort(), GRPC_IDLE, forGrpc(http, config.tls()));
    server.addBean(new NetworkConnectionLimit(limits.connections(), forHttp, forGrpc));
    server.setErrorHandler(new Errors());
    server.setStopTimeout(STOP.toMillis());
    server.setHandler(new GracefulHandler(front));
    try {
      server.start();
    } catch (Exception e) {
      stop(server);
      throw new IOException(
          "OTLP receiver cannot listen on "
              + config.host()
              + ", ports "
              + config.httpPort()
              + " and "
              + config.grpcPort()
              + ": choose others with --otlp-http-port and --otlp-grpc-port",
          e);
    }
    return new OtlpReceiver(
        server, front, counts, address(config, forHttp), address(config, forGrpc));
  }

  private static ConnectionFactory[] forHttp(HttpConfiguration http, Tls tls) {
    var plain = new HttpConnectionFactory(http);
    return tls == null
        ? new ConnectionFactory[] {plain}
        : new ConnectionFactory[] {
          new SslConnectionFactory(tls.speaking("http/1.1"), plain.getProtocol()), plain
        };
  }

  /** Over TLS it is HTTP/2 and nothing else: ALPN says so, and there is nothing to choose. */
  private static ConnectionFactory[] forGrpc(HttpConfiguration http, Tls tls) {
    if (tls == null) {
      var plain = new HTTP2CServerConnectionFactory(http);
      plain.setMaxConcurrentStreams(STREAMS_PER_CONNECTION);
      return new ConnectionFactory[] {new HttpConnectionFactory(http), plain};
    }
    var http2 = new HTTP2ServerConnectionFactory(http);
    http2.setMaxConcurrentStreams(STREAMS_PER_CONNECTION);
    return new ConnectionFactory[] {
      new SslConnectionFactory(tls.speaking("h2"), http2.getProtocol()), http2
    };
  }

  private static ServerConnector connector(
      Server server,
      ReceiverConfig config,
      int port,
      Duration idle,
      ConnectionFactory... factories) {
    var connector = new ServerConnector(server, 1, 1, factories);
    connector.setHost(config.host());
    connector.setPort(port);
    connector.setIdleTimeout(idle.toMillis());
    connector.setShutdownIdleTimeout(200);
    connector.addBean(new SlowHeaders(connector.getScheduler(), config.limits().headersWithin()));
    server.addConnector(connector);
    return connector;
  }

  private static void requireTokens(ReceiverConfig config) {
    boolean loopback;
    try {
      loopback = InetAddress.getByName(config.host()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "--otlp-host " + config.host() + " is not an address of this machine: choose one", e);
    }
    if (!loopback && config.tokens() == null) {
      throw new IllegalArgumentException(
          "--otlp-host "
              + config.host()
              + " lets others send: name a token file with --otlp-tokens, or use 127.0.0.1");
    }
  }

  private static URI address(ReceiverConfig config, ServerConnector connector) {
    String host = config.host().indexOf(':') < 0 ? config.host() : "[" + config.host() + "]";
    return URI.create(
        (config.tls() == null ? "http://" : "https://") + host + ":" + connector.getLocalPort());
  }

  /** Base address for OTLP/HTTP, such as {@code http://127.0.0.1:4318}. */
  public URI http() {
    return http;
  }

  /** Address for OTLP/gRPC, such as {@code http://127.0.0.1:4317}. */
  public URI grpc() {
    return grpc;
  }

  /** What it did so far. */
  public ReceiverCounts counts() {
    return counts;
  }

  /** Bytes of requests that are held now. */
  public long bytesInFlight() {
    return front.held();
  }

  @Override
  public void close() {
    stop(server);
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("OTLP receiver did not stop cleanly", e);
    }
  }
}
