package dev.tidemark.app;

import dev.tidemark.app.host.Cluster;
import dev.tidemark.capture.CaptureConfig;
import dev.tidemark.capture.KafkaSpanPublisher;
import dev.tidemark.capture.Overflow;
import dev.tidemark.fleet.FleetPlan;
import dev.tidemark.fleet.FleetPlayer;
import dev.tidemark.fleet.PlayReport;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Recorded agents as a fleet for any cluster. */
@Command(
    name = "fleet",
    mixinStandardHelpOptions = true,
    header = "Play recorded agents into your Kafka.",
    synopsisSubcommandLabel = "play",
    subcommands = FleetCommand.Play.class)
final class FleetCommand {

  /** Plays one version and then another. */
  @Command(
      name = "play",
      mixinStandardHelpOptions = true,
      header = "Play the runs of one version, then those of another, and end.",
      description = {
        "",
        "Records carry the simulated time of their arrival, which ends at the present: create the",
        "topics with --timestamp-type CreateTime.",
        ""
      })
  static final class Play implements Callable<Integer> {
    private static final Duration FLUSH = Duration.ofSeconds(30);
    private final Console console;
    @Mixin private KafkaOptions kafka;

    @Option(
        names = "--source",
        paramLabel = "NAME",
        defaultValue = "agentdojo",
        description = "Source of the recordings (default: ${DEFAULT-VALUE}).")
    private String source;

    @Option(
        names = "--domain",
        paramLabel = "NAME",
        defaultValue = "banking",
        description = "Domain of the recordings (default: ${DEFAULT-VALUE}).")
    private String domain;

    @Option(
        names = "--before",
        paramLabel = "VERSION",
        defaultValue = "gpt-4o-2024-05-13",
        description = "Version played first (default: ${DEFAULT-VALUE}).")
    private String before;

    @Option(
        names = "--after",
        paramLabel = "VERSION",
        defaultValue = "gpt-4o-2024-05-13-transformers_pi_detector",
        description = "Version played then (default: ${DEFAULT-VALUE}).")
    private String after;

    @Option(
        names = "--speed",
        paramLabel = "FACTOR",
        defaultValue = "60x",
        converter = Speed.class,
        description = "Simulated time per real time, such as 60x, or max (default: 60x).")
    private double speed;

    @Option(
        names = "--seed",
        paramLabel = "N",
        defaultValue = "1",
        description = "Decides every chance of the playing (default: ${DEFAULT-VALUE}).")
    private long seed;

    Play(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      Cluster cluster = kafka.clusterWithRegistry();
      cluster.reach();
      cluster.reachRegistry();
      var config =
          CaptureConfig.of(cluster.clientConfig()).topics(cluster.topics()).overflow(Overflow.WAIT);
      try (var publisher = KafkaSpanPublisher.open(config)) {
        PlayReport report = play(publisher);
        if (!publisher.flush(FLUSH) || publisher.counters().droppedInAll() > 0) {
          throw Failure.failed(
              publisher.counters().droppedInAll()
                  + " of "
                  + report.records()
                  + " records did not reach "
                  + cluster.bootstrapServers()
                  + ": run again with --debug for details",
              null);
        }
        console.say(
            "tidemark: played "
                + Figures.count(report.runs())
                + " runs, "
                + Figures.count(report.records())
                + " records, seed "
                + seed);
      }
      return ExitCode.OK;
    }

    private PlayReport play(KafkaSpanPublisher publisher) {
      try {
        return FleetPlayer.shipped()
            .play(
                FleetPlan.change(source, domain, before, after, seed).speed(speed),
                publisher,
                progress -> {});
      } catch (IllegalArgumentException e) {
        throw Failure.usage(e.getMessage());
      }
    }
  }
}
