package dev.tidemark.app;

import dev.tidemark.app.host.Cluster;
import dev.tidemark.app.host.Role;
import dev.tidemark.streams.topology.TopologyDefinition;
import dev.tidemark.wire.Topic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints what a role is made of. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    header = "Print the topology of a role, or of all; asks no broker.")
final class DescribeCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      arity = "0..*",
      paramLabel = "ROLE",
      description = "${COMPLETION-CANDIDATES}; all when none is given.")
  private List<Role> roles;

  DescribeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Cluster nowhere = Cluster.of("localhost:9092", Map.of(), "mock://describe", "");
    List<Role> chosen = roles == null || roles.isEmpty() ? List.of(Role.values()) : roles;
    for (Role role : chosen) {
      if (role == Role.query) {
        continue;
      }
      TopologyDefinition definition = role.topology(nowhere, Role.ASSUMED);
      console.data(
          "role " + definition.name() + ", application " + nowhere.applicationId(role.name()));
      console.data("reads " + names(definition.inputs()));
      console.data("writes " + names(definition.outputs()));
      definition.build().describe().toString().lines().forEach(console::data);
      console.data("");
    }
    return ExitCode.OK;
  }

  private static String names(List<Topic<?, ?>> topics) {
    return topics.stream().map(Topic::name).collect(Collectors.joining(", "));
  }
}
