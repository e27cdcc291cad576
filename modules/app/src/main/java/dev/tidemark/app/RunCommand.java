package dev.tidemark.app;

import dev.tidemark.app.host.Cluster;
import dev.tidemark.app.host.HostConfig;
import dev.tidemark.app.host.Ports;
import dev.tidemark.app.host.Preflight;
import dev.tidemark.app.host.Receiving;
import dev.tidemark.app.host.Role;
import dev.tidemark.app.host.Serving;
import dev.tidemark.app.host.StreamsHost;
import dev.tidemark.app.rules.RuleSet;
import dev.tidemark.app.rules.RulesOption;
import dev.tidemark.core.cost.PriceBook;
import dev.tidemark.core.detect.DetectorSettings;
import dev.tidemark.core.dialect.Normalizer;
import dev.tidemark.ingest.receive.ReceiverConfig;
import dev.tidemark.streams.evidence.EvidenceConfig;
import dev.tidemark.streams.topology.TopologyDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs roles against a Kafka cluster until it is stopped or something cannot go on. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    header = "Run roles against your Kafka.",
    description = {
      "",
      "  tidemark run -b kafka:9092 -r http://registry:8081",
      "  tidemark run -b kafka:9092 -r http://registry:8081 --roles observe,query",
      "  tidemark run -b kafka:9092 -r http://registry:8081 --roles ingest --otlp-tokens FILE",
      ""
    })
final class RunCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private KafkaOptions kafka;
  @Mixin private RulesOption rulesFile;
  @Mixin private IngestOptions ingest;
  @Mixin private EvidenceOption evidence;

  @Option(
      names = "--roles",
      split = ",",
      paramLabel = "ROLE",
      defaultValue = "observe,detect,alert,evidence,query",
      description = "Any of ${COMPLETION-CANDIDATES} (default: all but ingest).")
  private Set<Role> roles;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      defaultValue = "${env:TIDEMARK_STATE_DIR}",
      description = {
        "Directory of the state stores, kept between starts (env TIDEMARK_STATE_DIR;",
        "default: $XDG_STATE_HOME/tidemark or ~/.local/state/tidemark)."
      })
  private Path stateDir;

  @Option(
      names = "--http-host",
      paramLabel = "ADDRESS",
      defaultValue = "${env:TIDEMARK_HTTP_HOST:-127.0.0.1}",
      description = "Address of the page and the API (env TIDEMARK_HTTP_HOST).")
  private String httpHost;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      defaultValue = "${env:TIDEMARK_HTTP_PORT:-7080}",
      description = "Port of the page and the API (env TIDEMARK_HTTP_PORT; default: 7080).")
  private int httpPort;

  @Option(
      names = "--http-name",
      paramLabel = "NAME",
      description = "Host name clients call it by, besides localhost; may be repeated.")
  private Set<String> httpNames = Set.of();

  @Option(
      names = "--price-book",
      paramLabel = "FILE",
      defaultValue = "${env:TIDEMARK_PRICE_BOOK}",
      description = {
        "What models cost, for calls that report no cost (env TIDEMARK_PRICE_BOOK;",
        "default: such a cost stays unknown)."
      })
  private Path priceBook;

  @Option(
      names = "--commit-interval",
      paramLabel = "DURATION",
      defaultValue = "PT0.5S",
      description = "Time between commits (default: ${DEFAULT-VALUE}).")
  private Duration commitInterval;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Stream threads per role (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--state-memory",
      paramLabel = "MIB",
      defaultValue = "128",
      description = "Memory of all state stores together, MiB (default: ${DEFAULT-VALUE}).")
  private long stateMemory;

  RunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    Cluster cluster = kafka.clusterWithRegistry();
    var config = new HostConfig(cluster, stateDir(), commitInterval, threads, stateMemory << 20, 3);
    PriceBook prices = prices();
    RuleSet rules = rulesFile.rules();
    EvidenceConfig kept = evidence.config();
    boolean query = roles.contains(Role.query);
    if (query) {
      requireNames();
      Ports.requireFree(httpHost, httpPort, "--http-port");
    }
    Normalizer normalizer = ingest.normalizer(prices);
    ReceiverConfig receiver = roles.contains(Role.ingest) ? ingest.receiver() : null;
    Preflight checked;
    List<TopologyDefinition> topologies = new ArrayList<>();
    try (Admin admin = cluster.admin()) {
      checked = Preflight.check(admin, cluster);
      if (receiver != null) {
        ingest.topology(cluster, admin, normalizer).ifPresent(topologies::add);
      }
    }
    cluster.reachRegistry();
    Role.topologies()
        .filter(roles::contains)
        .forEach(role -> topologies.add(role.topology(cluster, checked, prices, rules, kept)));
    var meters = Serving.meters();
    var host = new StreamsHost(config, topologies, meters);
    Runtime.getRuntime().addShutdownHook(new Thread(host::close, "stop-roles"));
    if (query) {
      DetectorSettings detector = rules.detect(checked.subjectPartitions()).settings();
      Serving serving =
          Serving.start(host, cluster, detector, meters, httpHost, httpPort, httpNames);
      Runtime.getRuntime().addShutdownHook(new Thread(serving::close, "stop-serving"));
      console.say("tidemark: page and API at " + serving.address());
    }
    if (receiver != null) {
      Receiving receiving = Receiving.start(cluster, receiver, normalizer, meters);
      Runtime.getRuntime().addShutdownHook(new Thread(receiving::close, "stop-receiving"));
      console.say(
          "tidemark: OTLP/HTTP at " + receiving.http() + ", OTLP/gRPC at " + receiving.grpc());
    }
    host.start();
    host.awaitRunning(Duration.ofMinutes(10));
    console.say("tidemark: running " + roles + " on " + cluster.bootstrapServers());
    throw host.awaitEnd();
  }

  /** Reading needs no password yet: who opens it to others has to say so. */
  private void requireNames() {
    if (httpNames.isEmpty() && !Ports.isLoopback(httpHost)) {
      throw Failure.config(
          "--http-host "
              + httpHost
              + " lets others read everything: say by which name they call it with --http-name,"
              + " or use 127.0.0.1");
    }
  }

  private PriceBook prices() {
    return priceBook == null || priceBook.toString().isEmpty()
        ? PriceBook.EMPTY
        : PriceBookFile.read(priceBook);
  }

  private Path stateDir() {
    if (stateDir != null && !stateDir.toString().isEmpty()) {
      return stateDir;
    }
    String state = System.getenv("XDG_STATE_HOME");
    return state == null || state.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".local", "state", "tidemark")
        : Path.of(state, "tidemark");
  }
}
