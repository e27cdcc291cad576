package dev.tidemark.app;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.app.Checkup.Finding;
import dev.tidemark.app.host.Cluster;
import dev.tidemark.app.host.TopicReader;
import dev.tidemark.wire.Topic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what telemetry lacks, so that figures built on it can be trusted or mended. Reads only. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    header = "Say what agents do not tell, or tell too late: what to mend at their side.",
    description = {
      "",
      "  tidemark doctor                     the last hour",
      "  tidemark doctor --last P1D -o json  the last day, for scripts",
      "",
      "Looks for models without a price, spans without agent version, tools without call ids,",
      "retries hidden in HTTP clients, lost, late and quarantined records.",
      "Exit code 0: nothing found; 3: something is to be mended.",
      ""
    })
final class DoctorCommand implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final Console console;
  @Mixin private KafkaOptions kafka;
  @Mixin private OutputOption output;

  @Option(
      names = "--last",
      paramLabel = "DURATION",
      defaultValue = "PT1H",
      description = "How far back to look, by arrival (default: ${DEFAULT-VALUE}).")
  private Duration last;

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Cluster cluster = kafka.clusterWithRegistry();
    cluster.reach();
    long since = Math.max(0, System.currentTimeMillis() - last.toMillis());
    var checkup = new Checkup();
    var topics = cluster.topics();
    read(cluster, topics.spans(), since, record -> checkup.span(record.value()));
    read(cluster, topics.events(), since, record -> checkup.event(record.value()));
    read(cluster, topics.deadLetters(), since, record -> checkup.deadLetter(record.value()));
    read(cluster, topics.windows(), since, r -> checkup.window(r.key(), r.value()));
    List<Finding> findings = checkup.findings();
    switch (output.format()) {
      case table -> table(findings);
      case json ->
          console.data(
              "[" + String.join(",\n ", findings.stream().map(DoctorCommand::line).toList()) + "]");
      case jsonl -> findings.forEach(finding -> console.data(line(finding)));
    }
    console.say(
        "tidemark: looked at "
            + Figures.count(checkup.looked())
            + " records; "
            + (findings.isEmpty() ? "nothing to mend" : findings.size() + " things to mend"));
    return findings.isEmpty() ? ExitCode.OK : ExitCode.FOUND;
  }

  private static <K, V> void read(
      Cluster cluster, Topic<K, V> topic, long since, Consumer<ConsumerRecord<K, V>> each) {
    try (var reader = TopicReader.open(cluster, topic)) {
      reader.since(since).readToEnd(each);
    }
  }

  private void table(List<Finding> findings) {
    if (findings.isEmpty()) {
      return;
    }
    var table = Table.of("CHECK", "WHOSE", "COUNT>", "OF>", "SHARE>", "WHAT TO DO");
    for (Finding finding : findings) {
      table.row(
          finding.check().says(),
          finding.what(),
          Figures.count(finding.count()),
          Figures.count(finding.of()),
          Figures.percent(finding.count(), finding.of()),
          finding.check().hint());
    }
    table.lines().forEach(console::data);
  }

  private static String line(Finding finding) {
    ObjectNode line = JSON.createObjectNode();
    line.put("schema", "dev.tidemark.cli.DoctorFinding");
    line.put("check", finding.check().name());
    line.put("what", finding.what());
    line.put("count", finding.count());
    line.put("of", finding.of());
    line.put("says", finding.check().says());
    line.put("hint", finding.check().hint());
    return line.toString();
  }
}
