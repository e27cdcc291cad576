package dev.tidemark.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.app.host.Cluster;
import dev.tidemark.app.host.Provisioning;
import dev.tidemark.app.host.TopicState;
import dev.tidemark.wire.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Topics of a deployment: which there are, what is missing, create it. */
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    header = "List, compare and create the topics.",
    synopsisSubcommandLabel = "(list | plan | apply)",
    subcommands = {
      TopicsCommand.ListTopics.class,
      TopicsCommand.Plan.class,
      TopicsCommand.Apply.class
    })
final class TopicsCommand {

  /** Flags that the sub-commands share. */
  static final class Wanted {
    @Mixin private KafkaOptions kafka;
    @Mixin private OutputOption output;

    @Option(
        names = "--partitions",
        paramLabel = "N",
        defaultValue = "4",
        description = "Partitions of a new topic (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
        names = "--replication-factor",
        paramLabel = "N",
        defaultValue = "-1",
        description = "Replicas of a new topic; -1 is the broker's default (default: -1).")
    private int replication;

    @Option(
        names = "--timestamp-type",
        paramLabel = "TYPE",
        defaultValue = "LogAppendTime",
        description = {
          "Who stamps spans and events: LogAppendTime in production,",
          "CreateTime for players and backfills (default: ${DEFAULT-VALUE})."
        })
    private String timestampType;

    private List<Topic<?, ?>> topics(Cluster cluster) {
      boolean players = timestampType.equals("CreateTime");
      if (!players && !timestampType.equals("LogAppendTime")) {
        throw Failure.usage(
            "--timestamp-type " + timestampType + " is unknown: LogAppendTime or CreateTime");
      }
      return Provisioning.topics(cluster.topics(), players);
    }

    private List<TopicState> states(boolean create) throws Exception {
      Cluster cluster = kafka.cluster();
      List<Topic<?, ?>> topics = topics(cluster);
      try (Admin admin = cluster.admin()) {
        var provisioning = new Provisioning(admin, topics, partitions, replication);
        List<TopicState> before = provisioning.plan();
        if (create) {
          provisioning.createMissing();
        }
        return before;
      }
    }
  }

  /** Prints the topics as they should be. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      header = "Print every topic with its types; asks no broker.")
  static final class ListTopics implements Callable<Integer> {
    private final Console console;
    @Mixin private OutputOption output;

    @Option(names = "--topic-prefix", paramLabel = "PREFIX", defaultValue = "")
    private String prefix;

    ListTopics(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      var table = Table.of("TOPIC", "KEY", "VALUE", "CLEANUP", "STAMPED BY");
      var nodes = new ArrayList<ObjectNode>();
      for (Topic<?, ?> topic : Cluster.topics(prefix).all()) {
        table.row(
            topic.name(),
            topic.keyType().getSimpleName(),
            topic.valueType().getSimpleName(),
            topic.config().get("cleanup.policy"),
            topic.config().get("message.timestamp.type"));
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("schema", "dev.tidemark.cli.Topic").put("topic", topic.name());
        node.put("key", topic.keyType().getName()).put("value", topic.valueType().getName());
        topic.config().forEach(node::put);
        nodes.add(node);
      }
      print(console, output.format(), table, nodes);
      return ExitCode.OK;
    }
  }

  /** Compares. */
  @Command(
      name = "plan",
      mixinStandardHelpOptions = true,
      header = "Say what 'apply' would do; exits 3 when something is missing or differs.")
  static final class Plan implements Callable<Integer> {
    private final Console console;
    @Mixin private Wanted wanted;

    Plan(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws Exception {
      List<TopicState> states = wanted.states(false);
      print(console, wanted.output.format(), states);
      boolean fine = states.stream().allMatch(state -> state.verdict().equals("ok"));
      return fine ? ExitCode.OK : ExitCode.FOUND;
    }
  }

  /** Creates. */
  @Command(
      name = "apply",
      mixinStandardHelpOptions = true,
      header = "Create the missing topics; existing ones are never changed.")
  static final class Apply implements Callable<Integer> {
    private final Console console;
    @Mixin private Wanted wanted;

    Apply(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws Exception {
      List<TopicState> states = wanted.states(true);
      print(console, wanted.output.format(), states);
      long created = states.stream().filter(state -> !state.exists()).count();
      long differ = states.stream().filter(state -> state.verdict().equals("differs")).count();
      console.say("tidemark: " + created + " topics created, " + differ + " left as they are");
      return differ == 0 ? ExitCode.OK : ExitCode.FOUND;
    }
  }

  private static void print(Console console, OutputFormat format, List<TopicState> states) {
    var table = Table.of("TOPIC", "PARTITIONS>", "STATE", "DIFFERENCE");
    var nodes = new ArrayList<ObjectNode>();
    for (TopicState state : states) {
      var differences = new ArrayList<String>();
      state.differences().forEach((key, value) -> differences.add(key + " is " + value));
      table.row(
          state.topic().name(),
          state.partitions(),
          state.verdict(),
          String.join("; ", differences));
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("schema", "dev.tidemark.cli.TopicState").put("topic", state.topic().name());
      node.put("partitions", state.partitions()).put("state", state.verdict());
      ObjectNode differing = node.putObject("differences");
      state.differences().forEach(differing::put);
      nodes.add(node);
    }
    print(console, format, table, nodes);
  }

  private static void print(
      Console console, OutputFormat format, Table table, List<ObjectNode> nodes) {
    switch (format) {
      case table -> table.lines().forEach(console::data);
      case json ->
          console.data(
              "[" + String.join(",\n ", nodes.stream().map(ObjectNode::toString).toList()) + "]");
      case jsonl -> nodes.forEach(node -> console.data(node.toString()));
    }
  }
}
