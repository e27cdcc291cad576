package dev.tidemark.app;

import dev.tidemark.app.host.Cluster;
import dev.tidemark.app.host.TopicReader;
import dev.tidemark.query.view.KafkaSpanReader;
import dev.tidemark.query.view.SpanReader;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.wire.Partitioning;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** One run: its summary and its spans. */
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    header = "Print one run: its summary and the tree of its spans.",
    description = {
      "",
      "  tidemark trace 4bf92f3577b34da6a3ce929d0e0e4736",
      "  tidemark trace 4bf92f3577b34da6a3ce929d0e0e4736 -o jsonl",
      ""
    })
final class TraceCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private KafkaOptions kafka;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "TRACE", description = "Trace id of the run.")
  private String traceId;

  TraceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Cluster cluster = kafka.clusterWithRegistry();
    cluster.reach();
    AgentRun run = run(cluster);
    SpanReader.Records records = records(cluster, run);
    if (output.format() == OutputFormat.table) {
      SpanTree.lines(run, records.spans()).forEach(console::data);
    } else {
      var printer = new RecordPrinter<AgentSpan>(console, output.format(), unused -> {});
      if (output.format() == OutputFormat.jsonl) {
        console.data(AvroJson.of(run).toString());
      }
      records.spans().forEach(printer::print);
      printer.finish();
    }
    if (records.note() != null) {
      console.say("tidemark: " + records.note());
    }
    return ExitCode.OK;
  }

  private AgentRun run(Cluster cluster) {
    try (var reader = TopicReader.open(cluster, cluster.topics().runs())) {
      var last = new AgentRun[1];
      reader
          .withTombstones()
          .only(Partitioning.trace(traceId, reader.partitionCount()))
          .readToEnd(
              found -> {
                if (traceId.equals(found.key())) {
                  last[0] = found.value();
                }
              });
      if (last[0] == null) {
        throw Failure.failed(
            "run "
                + traceId
                + " is not in "
                + cluster.topics().runs().name()
                + ": it is still open, older than the retention, erased, or mistyped (as of "
                + Instant.now()
                + ")",
            null);
      }
      return last[0];
    }
  }

  private static SpanReader.Records records(Cluster cluster, AgentRun run) {
    try (var spans =
        KafkaSpanReader.open(cluster.clientConfig(), cluster.topics(), cluster.serdes())) {
      return spans.read(run);
    }
  }
}
