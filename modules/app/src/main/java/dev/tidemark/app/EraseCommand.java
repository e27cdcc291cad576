package dev.tidemark.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.app.host.Cluster;
import dev.tidemark.app.host.Erasure;
import java.time.Instant;
import java.util.Scanner;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Erases a conversation or a tenant, and says what remains. */
@Command(
    name = "erase",
    mixinStandardHelpOptions = true,
    header = "Erase a conversation or a tenant, and say what remains and until when.",
    description = {
      "",
      "Run summaries, evidence, content and alerts are erased at once: no command and no page shows",
      "them again. Spans and events are kept in logs that forget by age: the report says when the",
      "last record is gone. The audit chain says that it was done and leads to nobody.",
      ""
    })
final class EraseCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private KafkaOptions kafka;
  @Mixin private OutputOption output;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Whose whose;

  @Option(names = "--dry-run", description = "Only say what there is; erase nothing.")
  private boolean dryRun;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  /** One of them. */
  static final class Whose {
    @Option(names = "--conversation", paramLabel = "ID", description = "Conversation to erase.")
    private String conversation;

    @Option(names = "--tenant", paramLabel = "NAME", description = "Tenant to erase.")
    private String tenant;

    private String name() {
      return conversation == null ? tenant : conversation;
    }
  }

  EraseCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    Cluster cluster = kafka.clusterWithRegistry();
    if (whose.name().isBlank()) {
      throw Failure.usage("whom to erase is empty: give the conversation or the tenant");
    }
    cluster.reach();
    Erasure erasure =
        whose.tenant == null
            ? Erasure.ofConversation(cluster, whose.conversation)
            : Erasure.ofTenant(cluster, whose.tenant);
    Erasure.Report report = erasure.find();
    print(report);
    if (dryRun) {
      console.say("tidemark: nothing was erased, " + report.traces() + " traces are concerned");
      return ExitCode.OK;
    }
    confirm();
    erasure.erase();
    console.say(
        "tidemark: erased "
            + report.traces()
            + " traces; what is said from now on is new, erase it again when it is over");
    return ExitCode.OK;
  }

  private void confirm() {
    if (yes) {
      return;
    }
    console.say("tidemark: to erase it, type " + Console.safe(whose.name()));
    var answers = new Scanner(System.in, java.nio.charset.StandardCharsets.UTF_8);
    if (!answers.hasNextLine() || !answers.nextLine().strip().equals(whose.name())) {
      throw Failure.usage("that was not the name: nothing was erased, type it or give --yes");
    }
  }

  private void print(Erasure.Report report) {
    var table = Table.of("TOPIC", "RECORDS>", "WHAT HAPPENS", "GONE BY");
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("schema", "dev.tidemark.cli.Erasure").put("dryRun", dryRun);
    document.put(whose.tenant == null ? "conversation" : "tenant", whose.name());
    document.put("traces", report.traces());
    ArrayNode lines = document.putArray("topics");
    for (Erasure.Line line : report.lines()) {
      table.row(line.topic(), line.records(), words(line), gone(line));
      ObjectNode node = lines.addObject();
      node.put("topic", line.topic()).put("records", line.records());
      node.put("fate", line.fate().name()).put("until", gone(line));
    }
    switch (output.format()) {
      case table -> table.lines().forEach(console::data);
      case json -> console.data(document.toPrettyString());
      case jsonl -> console.data(document.toString());
    }
  }

  private String words(Erasure.Line line) {
    return switch (line.fate()) {
      case ERASED ->
          line.records() == 0 ? "nothing there" : dryRun ? "would be erased" : "will be erased";
      case EXPIRES -> line.records() == 0 ? "nothing there" : "expires";
      case NOT_SEARCHED -> "internal, expires";
      case ANONYMOUS -> "leads to nobody";
    };
  }

  private static String gone(Erasure.Line line) {
    return line.until() == null
        ? null
        : line.until().equals(Instant.MAX) ? "never" : line.until().toString();
  }
}
