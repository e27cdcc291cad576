package dev.tidemark.app;

import dev.tidemark.app.host.Cluster;
import dev.tidemark.app.host.TopicReader;
import dev.tidemark.core.sketch.Sketches;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowKey;
import dev.tidemark.records.WindowRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Closed windows from the windows topic. */
@Command(
    name = "windows",
    mixinStandardHelpOptions = true,
    header = "Print closed windows, last revision of each.",
    description = {
      "",
      "  tidemark windows --subject send_money           one tool, every version",
      "  tidemark windows --kind MODEL --last PT1H       models, the last hour of the record",
      "  tidemark windows --follow -o jsonl              every window as it closes",
      ""
    })
final class WindowsCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private KafkaOptions kafka;
  @Mixin private OutputOption output;

  @Option(names = "--kind", paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}.")
  private SubjectKind kind;

  @Option(names = "--subject", paramLabel = "NAME", description = "Tool, model, agent or rule.")
  private String subject;

  @Option(names = "--version-of-agent", paramLabel = "VERSION", description = "Agent version.")
  private String version;

  @Option(
      names = "--last",
      paramLabel = "DURATION",
      description = "Only windows this close to the newest, such as PT15M.")
  private Duration last;

  @Option(names = "--follow", description = "Go on printing windows until Ctrl-C.")
  private boolean follow;

  WindowsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Cluster cluster = kafka.clusterWithRegistry();
    cluster.reach();
    try (var reader = TopicReader.open(cluster, cluster.topics().windows())) {
      var found = new LinkedHashMap<WindowKey, WindowRecord>();
      reader.readToEnd(
          window -> {
            if (matches(window.value())) {
              found.put(window.key(), window.value());
            }
          });
      long newest = found.values().stream().mapToLong(WindowRecord::getWindowEndMs).max().orElse(0);
      long since = last == null ? Long.MIN_VALUE : newest - last.toMillis();
      var printer = new RecordPrinter<WindowRecord>(console, output.format(), this::table);
      found.values().stream()
          .filter(window -> window.getWindowStartMs() >= since)
          .sorted((a, b) -> Long.compare(a.getWindowStartMs(), b.getWindowStartMs()))
          .forEach(printer::print);
      printer.finish();
      if (follow) {
        reader.follow(
            () -> Thread.currentThread().isInterrupted(),
            window -> {
              if (matches(window.value())) {
                console.data(AvroJson.of(window.value()).toString());
              }
            });
      }
    }
    return ExitCode.OK;
  }

  private boolean matches(WindowRecord window) {
    return (kind == null || window.getSeries().getSubjectKind() == kind)
        && (subject == null || subject.equals(window.getSeries().getSubjectName()))
        && (version == null || version.equals(window.getSeries().getAgentVersion()));
  }

  private void table(List<WindowRecord> windows) {
    if (windows.isEmpty()) {
      console.say("tidemark: no closed window matches");
      return;
    }
    var table =
        Table.of(
            "START",
            "KIND",
            "SUBJECT",
            "VERSION",
            "ATTEMPTS>",
            "OPERATIONS>",
            "RETRY>",
            "ERROR>",
            "DENIED>",
            "P95>",
            "COST>");
    for (WindowRecord window : windows) {
      table.row(
          Instant.ofEpochMilli(window.getWindowStartMs()),
          window.getSeries().getSubjectKind(),
          window.getSeries().getSubjectName(),
          window.getSeries().getAgentVersion(),
          window.getAttempts(),
          window.getOperations(),
          Figures.percent(window.getRetries(), window.getAttempts()),
          Figures.percent(window.getErrors(), window.getAttempts()),
          Figures.percent(window.getDenied(), window.getAttempts()),
          window.getLatency() == null
              ? "-"
              : Figures.micros(Sketches.quantile(window.getLatency(), 0.95)),
          Figures.money(window.getCostMicros(), window.getCostCurrency()));
    }
    table.lines().forEach(console::data);
  }
}
