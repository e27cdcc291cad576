package dev.tidemark.app;

import dev.tidemark.app.host.Cluster;
import dev.tidemark.app.host.TopicReader;
import dev.tidemark.core.detect.AlertLine;
import dev.tidemark.records.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Alerts from the alerts topic. */
@Command(
    name = "alerts",
    mixinStandardHelpOptions = true,
    header = "Print alerts, newest state of each; with --follow every change as it comes.",
    description = {
      "",
      "  tidemark alerts                      what fires now",
      "  tidemark alerts --all -o json        ended ones too, as JSON",
      "  tidemark alerts --follow -o jsonl    one line per change, until Ctrl-C",
      "  tidemark alerts show 1f0c9a2b        one alert with all that explains it",
      ""
    },
    subcommands = {
      AlertShowCommand.class,
      AlertDecisionCommand.Accept.class,
      AlertDecisionCommand.Note.class
    })
final class AlertsCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private KafkaOptions kafka;
  @Mixin private OutputOption output;

  @Option(names = "--follow", description = "Go on printing changes until Ctrl-C.")
  private boolean follow;

  @Option(names = "--all", description = "Ended alerts too.")
  private boolean all;

  @Option(
      names = "--children",
      description = "What stands below another alert as lines of its own.")
  private boolean children;

  private List<AlertLine> lines = List.of();

  AlertsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Cluster cluster = kafka.clusterWithRegistry();
    cluster.reach();
    try (var reader = TopicReader.open(cluster, cluster.topics().alerts())) {
      List<Alert> read = new ArrayList<>();
      reader.readToEnd(found -> read.add(found.value()));
      lines = new LastAlerts(read).folded(all);
      List<Alert> shown =
          lines.stream()
              .flatMap(line -> Stream.concat(Stream.of(line.alert()), line.below().stream()))
              .toList();
      if (follow && output.format() != OutputFormat.jsonl) {
        shown.forEach(alert -> console.data(line(alert)));
      } else {
        var printer = new RecordPrinter<Alert>(console, output.format(), this::table);
        shown.forEach(printer::print);
        printer.finish();
      }
      if (follow) {
        reader.follow(
            () -> Thread.currentThread().isInterrupted(),
            found ->
                console.data(
                    output.format() == OutputFormat.jsonl
                        ? AvroJson.of(found.value()).toString()
                        : line(found.value())));
      }
    }
    return ExitCode.OK;
  }

  private static String line(Alert alert) {
    return Instant.ofEpochMilli(alert.getUpdatedAtMs())
        + "  "
        + alert.getStatus().name().toLowerCase(Locale.ROOT)
        + "  "
        + Console.safe(alert.getSummary());
  }

  private void table(List<Alert> alerts) {
    if (alerts.isEmpty()) {
      console.say("tidemark: no alert " + (all ? "so far" : "fires now; --all shows ended ones"));
      return;
    }
    var table =
        Table.of("KEY", "SINCE", "STATUS", "SEVERITY", "SIGNAL", "SUBJECT", "VERSION", "SUMMARY");
    for (AlertLine line : lines) {
      row(table, line.alert(), "", children ? "" : below(line));
      if (children) {
        line.below().forEach(child -> row(table, child, "  ", ""));
      }
    }
    table.lines().forEach(console::data);
  }

  private static String below(AlertLine line) {
    if (line.loopingRuns() > 1) {
      return " (newest of " + line.loopingRuns() + " runs that loop)";
    }
    return line.below().isEmpty() ? "" : " (and " + line.below().size() + " below it)";
  }

  private static void row(Table table, Alert alert, String indent, String more) {
    table.row(
        indent + alert.getAlertKey().substring(0, 8),
        Instant.ofEpochMilli(alert.getStartsAtMs()),
        alert.getStatus(),
        alert.getSeverity(),
        alert.getSignal(),
        alert.getSeries().getSubjectName(),
        alert.getSeries().getAgentVersion(),
        alert.getSummary() + more);
  }
}
