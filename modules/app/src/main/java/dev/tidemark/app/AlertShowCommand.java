package dev.tidemark.app;

import dev.tidemark.app.host.Cluster;
import dev.tidemark.records.Alert;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** One alert for people. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    header = "Print one alert: what moved, what carries it, what changed, runs that show it.")
final class AlertShowCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private KafkaOptions kafka;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "KEY", description = "Key of the alert, or a beginning of it.")
  private String key;

  AlertShowCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Cluster cluster = kafka.clusterWithRegistry();
    cluster.reach();
    LastAlerts all = LastAlerts.read(cluster);
    Alert alert = all.find(key);
    if (output.format() == OutputFormat.table) {
      AlertPage.lines(alert, all).forEach(console::data);
    } else {
      console.data(AvroJson.of(alert).toString());
    }
    return ExitCode.OK;
  }
}
