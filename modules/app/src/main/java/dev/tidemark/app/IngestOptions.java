package dev.tidemark.app;

import dev.tidemark.app.host.Cluster;
import dev.tidemark.app.host.Receiving;
import dev.tidemark.core.cost.PriceBook;
import dev.tidemark.core.dialect.Normalizer;
import dev.tidemark.ingest.collector.CollectorConfig;
import dev.tidemark.ingest.collector.CollectorTopology;
import dev.tidemark.ingest.receive.Limits;
import dev.tidemark.ingest.receive.ReceiverConfig;
import dev.tidemark.ingest.receive.Tls;
import dev.tidemark.ingest.receive.Tokens;
import dev.tidemark.streams.topology.TopologyDefinition;
import dev.tidemark.wire.Topic;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the role ingest listens, whom it lets in and which topics it reads. */
final class IngestOptions {
  @Mixin private OtlpPorts ports;
  @Mixin private ContentOptions content;

  @Option(
      names = "--otlp-host",
      paramLabel = "ADDRESS",
      defaultValue = "${env:TIDEMARK_OTLP_HOST:-127.0.0.1}",
      description = {
        "Address of the OTLP receiver (env TIDEMARK_OTLP_HOST). Others than loopback",
        "need --otlp-tokens."
      })
  private String host;

  @Option(
      names = "--otlp-tokens",
      paramLabel = "FILE",
      defaultValue = "${env:TIDEMARK_OTLP_TOKENS}",
      description = {
        "Who may send: lines of 'tenant sha256-of-token', followed by spans per second where",
        "a tenant has a quota; read again when they change (env TIDEMARK_OTLP_TOKENS;",
        "default: everybody on this machine)."
      })
  private Path tokens;

  @Option(
      names = "--otlp-tls-cert",
      paramLabel = "FILE",
      defaultValue = "${env:TIDEMARK_OTLP_TLS_CERT}",
      description = {
        "PEM certificate chain: both OTLP ports then speak TLS; read at the start (env",
        "TIDEMARK_OTLP_TLS_CERT; default: plain)."
      })
  private Path tlsCert;

  @Option(
      names = "--otlp-tls-key",
      paramLabel = "FILE",
      defaultValue = "${env:TIDEMARK_OTLP_TLS_KEY}",
      description = "Its PKCS #8 key in PEM, not encrypted (env TIDEMARK_OTLP_TLS_KEY).")
  private Path tlsKey;

  @Option(
      names = "--otlp-max-body",
      paramLabel = "BYTES",
      description = "Largest request, before and after decompression (default: 16777216).")
  private int maxBody = Limits.DEFAULT.bodyBytes();

  @Option(
      names = "--otlp-in-flight",
      paramLabel = "BYTES",
      description = "Requests held at once (default: a sixteenth of the heap, 48 MiB or more).")
  private long inFlight = Limits.DEFAULT.inFlightBytes();

  @Option(
      names = "--otlp-connections",
      paramLabel = "N",
      description = "Connections open at once (default: 1024).")
  private int connections = Limits.DEFAULT.connections();

  @Option(
      names = "--hash-key",
      paramLabel = "FILE",
      defaultValue = "${env:TIDEMARK_HASH_KEY}",
      description = {
        "Key that hashes arguments, 16 bytes or more, the same for all that receive (env",
        "TIDEMARK_HASH_KEY; default: one that is forgotten with the process)."
      })
  private Path hashKey;

  @Option(
      names = "--collector-spans",
      split = ",",
      paramLabel = "TOPIC",
      description = {
        "Topics of traces written by an OpenTelemetry Collector's kafka exporter, encoding",
        "otlp_proto or otlp_json; it calls them otlp_spans (default: none is read)."
      })
  private List<String> collectorSpans = List.of();

  @Option(
      names = "--collector-logs",
      split = ",",
      paramLabel = "TOPIC",
      description = "The same for logs; it calls them otlp_logs (default: none is read).")
  private List<String> collectorLogs = List.of();

  @Option(
      names = "--collector-tenant",
      paramLabel = "TENANT",
      defaultValue = "default",
      description = "Whose fleet the Collector's topics carry (default: ${DEFAULT-VALUE}).")
  private String collectorTenant;

  /** What the receiver is told; its ports are free. */
  ReceiverConfig receiver() {
    ports.requireFree(host);
    try {
      Limits limits =
          Limits.DEFAULT
              .withInFlight(Math.max(inFlight, maxBody))
              .withBody(maxBody)
              .withInFlight(inFlight)
              .withConnections(connections);
      Path cert = named(tlsCert);
      Path key = named(tlsKey);
      Tokens known = named(tokens) == null ? null : Tokens.open(tokens);
      return new ReceiverConfig(host, ports.http(), ports.grpc(), known, limits)
          .with(cert == null && key == null ? null : Tls.of(cert, key));
    } catch (IllegalArgumentException e) {
      throw Failure.config(e.getMessage());
    }
  }

  /** Null for a file that an empty variable of the environment names. */
  private static Path named(Path file) {
    return file == null || file.toString().isEmpty() ? null : file;
  }

  /** How spans are read. */
  Normalizer normalizer(PriceBook prices) {
    return Receiving.normalizer(prices, named(hashKey), content.rules());
  }

  /** The topology over a Collector's topics, all of which exist; empty when none was named. */
  Optional<TopologyDefinition> topology(Cluster cluster, Admin admin, Normalizer normalizer)
      throws ExecutionException, InterruptedException {
    var config = new CollectorConfig(collectorSpans, collectorLogs, collectorTenant);
    if (config.isEmpty()) {
      return Optional.empty();
    }
    TopologyDefinition topology;
    try {
      topology = new CollectorTopology(config, cluster.topics(), cluster.serdes(), normalizer);
      Set<String> present = admin.listTopics().names().get();
      for (Topic<?, ?> input : topology.inputs()) {
        if (!present.contains(input.name())) {
          throw Failure.config(
              "topic "
                  + input.name()
                  + " does not exist on "
                  + cluster.bootstrapServers()
                  + ": start the Collector that writes it, or correct --collector-spans and"
                  + " --collector-logs");
        }
      }
    } catch (IllegalArgumentException e) {
      throw Failure.usage("--collector-spans, --collector-logs: " + e.getMessage());
    }
    return Optional.of(topology);
  }
}
