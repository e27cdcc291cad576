package dev.tidemark.app;

import dev.tidemark.app.host.Cluster;
import dev.tidemark.app.host.Rehearsal;
import dev.tidemark.app.rules.Numbers;
import dev.tidemark.app.rules.RuleSet;
import dev.tidemark.app.rules.RulesOption;
import dev.tidemark.core.detect.AlertText;
import dev.tidemark.core.limit.LimitText;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Finding;
import dev.tidemark.records.FindingAction;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What rules would have said about recorded windows: the code that runs live, from cold. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    header = "Print what would have fired over recorded windows; writes nothing.",
    description = {
      "",
      "Times are those of the windows. --since counts back from --until, and that is the newest",
      "window unless given. Detection starts --warm-up before --since, from nothing.",
      "",
      "  tidemark rules test --rules rules.yml --since 7d",
      "  tidemark rules test --since 2026-11-20T00:00:00Z --until 2026-11-21T00:00:00Z -o jsonl",
      ""
    })
final class RulesTestCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private KafkaOptions kafka;
  @Mixin private RulesOption rulesFile;
  @Mixin private OutputOption output;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      required = true,
      description = "From when on, such as 7d or 2026-11-22T18:00:00Z.")
  private String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Until when (default: newest).")
  private String until;

  @Option(
      names = "--warm-up",
      paramLabel = "SPAN",
      defaultValue = "7d",
      description = "How long before that it begins to learn (default: ${DEFAULT-VALUE}).")
  private String warmUp;

  RulesTestCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    RuleSet rules = rulesFile.rules();
    long warmMs = warmUp.equals("0") ? 0 : span("--warm-up", warmUp);
    boolean back = Numbers.duration(since).isPresent();
    long spanOrMs = back ? span("--since", since) : time("--since", since);
    long givenMs = until == null ? 0 : time("--until", until);
    Cluster cluster = kafka.clusterWithRegistry();
    cluster.reach();
    long untilMs = until == null ? Rehearsal.newestMs(cluster) : givenMs;
    long sinceMs = back ? untilMs - spanOrMs : spanOrMs;
    if (sinceMs >= untilMs) {
      throw Failure.usage("--since " + since + " is not before --until: exchange them");
    }
    var rehearsal = new Rehearsal(cluster, rules);
    List<Finding> findings =
        rehearsal.play(Math.max(0, sinceMs - warmMs), untilMs).stream()
            .filter(finding -> finding.getWindowEndMs() >= sinceMs)
            .toList();
    var printer = new RecordPrinter<Finding>(console, output.format(), this::table);
    findings.forEach(printer::print);
    printer.finish();
    console.say(
        "tidemark: "
            + count(findings, FindingAction.OPEN)
            + " would open, "
            + count(findings, FindingAction.UPDATE)
            + " would be told again, "
            + count(findings, FindingAction.CLOSE)
            + " would end, over "
            + Figures.count(rehearsal.windows())
            + " windows from "
            + Instant.ofEpochMilli(sinceMs)
            + " to "
            + Instant.ofEpochMilli(untilMs)
            + (rehearsal.unreadable() == 0
                ? ""
                : "; " + rehearsal.unreadable() + " records could not be read"));
    return ExitCode.OK;
  }

  private static long count(List<Finding> findings, FindingAction action) {
    return findings.stream().filter(finding -> finding.getAction() == action).count();
  }

  private static long span(String flag, String text) {
    return Numbers.duration(text)
        .orElseThrow(
            () -> Failure.usage(flag + " " + text + " is not a time span: write it like 7d or 12h"))
        .toMillis();
  }

  private static long time(String flag, String text) {
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeParseException e) {
      throw Failure.usage(flag + " " + text + " is not a time: write it like 2026-11-22T18:00:00Z");
    }
  }

  private void table(List<Finding> findings) {
    if (findings.isEmpty()) {
      return;
    }
    var table = Table.of("TIME", "WHAT", "KEY", "SIGNAL", "SUBJECT", "VERSION", "SUMMARY");
    for (Finding finding : findings) {
      boolean limit = finding.getMode() == DetectionMode.LIMIT;
      table.row(
          Instant.ofEpochMilli(finding.getWindowEndMs()),
          finding.getAction(),
          finding.getAlertKey().substring(0, 8),
          finding.getSignal(),
          finding.getSeries().getSubjectName(),
          finding.getSeries().getAgentVersion(),
          limit ? LimitText.summary(finding) : AlertText.summary(finding));
    }
    table.lines().forEach(console::data);
  }
}
