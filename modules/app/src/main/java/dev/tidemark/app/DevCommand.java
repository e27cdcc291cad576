package dev.tidemark.app;

import dev.tidemark.app.host.Laptop;
import dev.tidemark.app.host.Ports;
import dev.tidemark.app.host.Receiving;
import dev.tidemark.app.rules.RuleSet;
import dev.tidemark.app.rules.RulesOption;
import dev.tidemark.core.cost.PriceBook;
import dev.tidemark.ingest.receive.ReceiverConfig;
import dev.tidemark.streams.evidence.EvidenceConfig;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Everything on this machine, for agents under development. */
@Command(
    name = "dev",
    mixinStandardHelpOptions = true,
    header = "Start a broker, a registry, an OTLP receiver, every role and the page here.",
    description = {
      "",
      "Any Kafka client can use the broker and the registry; their addresses are printed as",
      "environment variables. Data is kept in the directory for the next start.",
      ""
    })
final class DevCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private RulesOption rulesFile;
  @Mixin private OtlpPorts otlp;
  @Mixin private ContentOptions content;
  @Mixin private EvidenceOption evidence;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = ".tidemark/dev",
      description = "Where data is kept (default: ${DEFAULT-VALUE}).")
  private Path directory;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      defaultValue = "9092",
      description = "Port of the broker; 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int kafkaPort;

  @Option(
      names = "--registry-port",
      paramLabel = "PORT",
      defaultValue = "8081",
      description = "Port of the registry; 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int registryPort;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "7080",
      description = "Port of the page; 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  DevCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    RuleSet rules = rulesFile.rules();
    EvidenceConfig kept = evidence.config();
    Ports.requireFree("127.0.0.1", kafkaPort, "--kafka-port");
    Ports.requireFree("127.0.0.1", registryPort, "--registry-port");
    Ports.requireFree("127.0.0.1", port, "--port");
    otlp.requireFree("127.0.0.1");
    console.say("tidemark: starting, data in " + directory);
    Laptop laptop = Laptop.start(directory, kafkaPort, registryPort, port, rules, kept);
    Runtime.getRuntime().addShutdownHook(new Thread(laptop::close, "stop"));
    Receiving receiving =
        Receiving.start(
            laptop.cluster(),
            ReceiverConfig.loopback(otlp.http(), otlp.grpc()),
            Receiving.normalizer(PriceBook.EMPTY, null, content.rules()),
            laptop.meters());
    Runtime.getRuntime().addShutdownHook(new Thread(receiving::close, "stop-receiving"));
    laptop.environment().forEach(console::data);
    console.data("export OTEL_EXPORTER_OTLP_ENDPOINT=" + receiving.http());
    console.data("# OTLP/gRPC: " + receiving.grpc());
    console.data("# page and API: " + laptop.page());
    console.say("tidemark: running; Ctrl-C stops it");
    throw laptop.roles().awaitEnd();
  }
}
