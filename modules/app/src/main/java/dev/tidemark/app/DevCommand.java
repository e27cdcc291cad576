package dev.tidemark.app;

import dev.tidemark.app.host.Laptop;
import dev.tidemark.app.host.Ports;
import dev.tidemark.app.rules.RuleSet;
import dev.tidemark.app.rules.RulesOption;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Everything on this machine, for agents under development. */
@Command(
    name = "dev",
    mixinStandardHelpOptions = true,
    header = "Start a broker, a registry, every role and the page on this machine.",
    description = {
      "",
      "Any Kafka client can use the broker and the registry; their addresses are printed as",
      "environment variables. Data is kept in the directory for the next start.",
      ""
    })
final class DevCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private RulesOption rulesFile;

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
    Ports.requireFree("127.0.0.1", kafkaPort, "--kafka-port");
    Ports.requireFree("127.0.0.1", registryPort, "--registry-port");
    Ports.requireFree("127.0.0.1", port, "--port");
    console.say("tidemark: starting, data in " + directory);
    Laptop laptop = Laptop.start(directory, kafkaPort, registryPort, port, rules);
    Runtime.getRuntime().addShutdownHook(new Thread(laptop::close, "stop"));
    laptop.environment().forEach(console::data);
    console.data("# page and API: " + laptop.page());
    console.say("tidemark: running; Ctrl-C stops it");
    throw laptop.roles().awaitEnd();
  }
}
