package dev.tidemark.app;

import dev.tidemark.app.host.ChangeWriter;
import dev.tidemark.app.host.Cluster;
import dev.tidemark.core.redact.Redactor;
import dev.tidemark.core.window.Rollout;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.ChangeKind;
import dev.tidemark.records.ChangeSource;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Declares what was rolled out, for alerts to name it. */
@Command(
    name = "annotate",
    mixinStandardHelpOptions = true,
    header = "Declare what was rolled out, so that alerts can name it; for CI jobs.",
    description = {
      "",
      "Declaring the same version twice, or one that was also seen, is one change.",
      ""
    })
final class AnnotateCommand implements Callable<Integer> {

  /** What can be rolled out. */
  enum What {
    TOOL(ChangeKind.TOOL_VERSION),
    AGENT(ChangeKind.AGENT_VERSION),
    MODEL(ChangeKind.MODEL_VERSION),
    PROMPT(ChangeKind.PROMPT_VERSION),
    POLICY(ChangeKind.POLICY_VERSION);

    private final ChangeKind kind;

    What(ChangeKind kind) {
      this.kind = kind;
    }
  }

  private static final int LONGEST = 256;
  private final Console console;
  @Mixin private KafkaOptions kafka;

  @Parameters(
      index = "0",
      paramLabel = "KIND",
      description = "What was rolled out: tool, agent, model, prompt, policy.")
  private What what;

  @Parameters(index = "1", paramLabel = "NAME", description = "Its name, as telemetry tells it.")
  private String name;

  @Parameters(index = "2", paramLabel = "VERSION", description = "The version that is new.")
  private String version;

  @Option(names = "--previous", paramLabel = "VERSION", description = "The version before it.")
  private String previous;

  @Option(
      names = "--agent",
      paramLabel = "NAME",
      description = "Only in this agent; its tools and models are concerned then, too.")
  private String agent;

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "Whose fleet it is (default: ${DEFAULT-VALUE}).")
  private String tenant;

  @Option(
      names = "--environment",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "Deployment environment (default: ${DEFAULT-VALUE}).")
  private String environment;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      defaultValue = "now",
      description = "When, such as 2026-11-22T18:00:00Z (default: now).")
  private String at;

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      description = "Why, such as a link to the pull request; secrets in it are redacted.")
  private String note;

  AnnotateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Cluster cluster = kafka.clusterWithRegistry();
    ChangeEvent change = change();
    cluster.reach();
    try (var writer = ChangeWriter.open(cluster)) {
      writer.write(change);
    }
    console.say(
        "tidemark: declared "
            + Console.safe(change.getName())
            + " "
            + Console.safe(change.getVersion())
            + " from "
            + Instant.ofEpochMilli(change.getTimeMs())
            + " on (change "
            + change.getChangeId()
            + ")");
    return ExitCode.OK;
  }

  private ChangeEvent change() {
    String cleanName = clean("NAME", name);
    String cleanVersion = clean("VERSION", version);
    return ChangeEvent.newBuilder()
        .setChangeId(Rollout.id(tenant, environment, what.kind, cleanName, cleanVersion))
        .setTenant(clean("--tenant", tenant))
        .setEnvironment(clean("--environment", environment))
        .setKind(what.kind)
        .setName(cleanName)
        .setVersion(cleanVersion)
        .setPreviousVersion(previous == null ? null : clean("--previous", previous))
        .setAgentName(agent())
        .setTimeMs(time())
        .setSource(ChangeSource.DECLARED)
        .setNote(Redactor.standard().text(note).text())
        .build();
  }

  private String agent() {
    if (agent != null) {
      return clean("--agent", agent);
    }
    return what == What.AGENT ? clean("NAME", name) : null;
  }

  private static String clean(String where, String text) {
    if (text.isBlank() || text.length() > LONGEST) {
      throw Failure.usage(
          where
              + " is "
              + (text.isBlank() ? "empty" : "longer than " + LONGEST + " characters")
              + ": give the name that telemetry tells");
    }
    return Redactor.standard().text(text).text();
  }

  private long time() {
    if (at.equals("now")) {
      return System.currentTimeMillis();
    }
    try {
      long timeMs = Instant.parse(at).toEpochMilli();
      if (timeMs < 0) {
        throw Failure.usage("--at " + at + " is before 1970: write it like 2026-11-22T18:00:00Z");
      }
      return timeMs;
    } catch (DateTimeParseException | ArithmeticException e) {
      throw Failure.usage("--at " + at + " is not a time: write it like 2026-11-22T18:00:00Z");
    }
  }
}
