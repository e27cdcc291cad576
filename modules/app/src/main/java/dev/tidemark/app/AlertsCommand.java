package dev.tidemark.app;

import dev.tidemark.app.host.Cluster;
import dev.tidemark.app.host.TopicReader;
import dev.tidemark.records.Alert;
import dev.tidemark.records.AlertStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
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
      ""
    })
final class AlertsCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private KafkaOptions kafka;
  @Mixin private OutputOption output;

  @Option(names = "--follow", description = "Go on printing changes until Ctrl-C.")
  private boolean follow;

  @Option(names = "--all", description = "Ended alerts too.")
  private boolean all;

  AlertsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Cluster cluster = kafka.clusterWithRegistry();
    cluster.reach();
    try (var reader = TopicReader.open(cluster, cluster.topics().alerts())) {
      var last = new LinkedHashMap<String, Alert>();
      reader.readToEnd(found -> last.put(found.key(), found.value()));
      List<Alert> shown =
          last.values().stream()
              .filter(alert -> all || isOpen(alert))
              .sorted((a, b) -> Long.compare(a.getStartsAtMs(), b.getStartsAtMs()))
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

  static boolean isOpen(Alert alert) {
    return alert.getStatus() == AlertStatus.FIRING || alert.getStatus() == AlertStatus.UPDATED;
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
    var table = Table.of("SINCE", "STATUS", "SEVERITY", "SIGNAL", "SUBJECT", "VERSION", "SUMMARY");
    for (Alert alert : alerts) {
      table.row(
          Instant.ofEpochMilli(alert.getStartsAtMs()),
          alert.getStatus(),
          alert.getSeverity(),
          alert.getSignal(),
          alert.getSeries().getSubjectName(),
          alert.getSeries().getAgentVersion(),
          alert.getSummary());
    }
    table.lines().forEach(console::data);
  }
}
