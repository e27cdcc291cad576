package dev.tidemark.streams.detect;

import dev.tidemark.core.limit.LimitRule;
import dev.tidemark.core.limit.LimitSettings;
import dev.tidemark.core.limit.Measure;
import dev.tidemark.core.limit.Reading;
import dev.tidemark.core.limit.Scope;
import dev.tidemark.core.limit.SloRule;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Severity;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.streams.alert.AlertConfig;
import dev.tidemark.streams.alert.AlertTopology;
import dev.tidemark.streams.topology.TopologyDefinition;
import dev.tidemark.testkit.TestCluster;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;

/** Detect and alert in a JVM of their own, so that a test can kill them for real. */
final class AlertProcess {
  private AlertProcess() {}

  static Process start(TestCluster cluster, String prefix, Path state, int partitions)
      throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
            "-cp",
            System.getProperty("java.class.path"),
            AlertProcess.class.getName(),
            cluster.bootstrapServers(),
            cluster.registryUrl(),
            prefix,
            state.toString(),
            Integer.toString(partitions))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Statistics with their defaults, two limits and an error budget. */
  static DetectConfig config(int partitions) {
    LimitRule denials =
        new LimitRule(
            DriftingFleet.LIMIT,
            Scope.of(SubjectKind.TOOL, Scope.ANY),
            Reading.rate(Signal.DENIAL_RATE),
            Direction.UP,
            0.5,
            Duration.ofMinutes(1),
            5,
            2,
            Severity.WARNING);
    LimitRule slow =
        new LimitRule(
            DriftingFleet.SLOW,
            Scope.of(SubjectKind.TOOL, Scope.ANY),
            new Reading(Signal.LATENCY, Measure.QUANTILE, 0.95, ""),
            Direction.UP,
            600_000,
            Duration.ofMinutes(2),
            5,
            1,
            Severity.ERROR);
    SloRule success =
        new SloRule(
            DriftingFleet.SLO,
            Scope.of(SubjectKind.AGENT, Scope.ANY),
            Reading.rate(Signal.SUCCESS_RATE),
            0.9,
            Duration.ofDays(7),
            List.of(
                new SloRule.Burn(4, Duration.ofMinutes(20), Duration.ofMinutes(5), Severity.ERROR),
                new SloRule.Burn(2, Duration.ofHours(1), Duration.ofMinutes(10), Severity.WARNING)),
            10);
    return DetectConfig.of(partitions)
        .with(
            new LimitSettings(
                List.of(denials, slow),
                List.of(success),
                Duration.ofHours(6),
                Duration.ofMinutes(15)));
  }

  /** Arguments: bootstrap servers, registry url, prefix, state directory, partitions. */
  public static void main(String[] args) throws InterruptedException {
    Topics topics = Topics.prefixed(args[2]);
    AvroSerdes serdes = AvroSerdes.of(Map.of("schema.registry.url", args[1]));
    DetectConfig config = config(Integer.parseInt(args[4]));
    run(new DetectTopology(config, topics, serdes), args);
    run(new AlertTopology(AlertConfig.defaults(), topics, serdes), args);
    Thread.currentThread().join();
  }

  private static void run(TopologyDefinition topology, String[] args) {
    Properties properties = new Properties();
    properties.put("application.id", args[2] + "-" + topology.name());
    properties.put("bootstrap.servers", args[0]);
    properties.put("state.dir", args[3]);
    properties.put("processing.guarantee", "exactly_once_v2");
    properties.put("commit.interval.ms", 300);
    properties.put("session.timeout.ms", 6_000);
    properties.put("heartbeat.interval.ms", 1_000);
    new KafkaStreams(topology.build(), properties).start();
  }
}
