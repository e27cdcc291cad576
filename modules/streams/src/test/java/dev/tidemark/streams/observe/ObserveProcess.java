package dev.tidemark.streams.observe;

import dev.tidemark.core.run.LoopLimits;
import dev.tidemark.testkit.TestCluster;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;

/** Observe in a JVM of its own, so that a test can kill it for real. */
final class ObserveProcess {
  /** Low, so that random runs loop. */
  static final LoopLimits LOOPS = new LoopLimits(3, 2, 2);

  private ObserveProcess() {}

  /**
   * Starts it; {@code commit} is how often it commits, {@code guarantee} the engine's name for it.
   */
  static Process start(
      TestCluster cluster,
      String prefix,
      Path state,
      int partitions,
      Duration commit,
      String guarantee)
      throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
            "-cp",
            System.getProperty("java.class.path"),
            ObserveProcess.class.getName(),
            cluster.bootstrapServers(),
            cluster.registryUrl(),
            prefix,
            state.toString(),
            Integer.toString(partitions),
            Long.toString(commit.toMillis()),
            guarantee)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /**
   * Arguments: bootstrap servers, registry url, prefix, state directory, partitions, milliseconds
   * between commits, guarantee.
   */
  public static void main(String[] args) throws InterruptedException {
    Topics topics = Topics.prefixed(args[2]);
    AvroSerdes serdes = AvroSerdes.of(Map.of("schema.registry.url", args[1]));
    int partitions = Integer.parseInt(args[4]);
    ObserveConfig config =
        ObserveConfig.of(partitions, partitions)
            .withClock(ObserveConfig.ArrivalClock.PRODUCER)
            .withFlush(Duration.ofMillis(100), Duration.ofSeconds(1))
            .withLoops(LOOPS);
    Properties properties = new Properties();
    properties.put("application.id", args[2] + "-observe");
    properties.put("bootstrap.servers", args[0]);
    properties.put("state.dir", args[3]);
    properties.put("processing.guarantee", args[6]);
    properties.put("commit.interval.ms", args[5]);
    properties.put("session.timeout.ms", 6_000);
    properties.put("heartbeat.interval.ms", 1_000);
    KafkaStreams streams =
        new KafkaStreams(new ObserveTopology(config, topics, serdes).build(), properties);
    streams.start();
    Thread.currentThread().join();
  }
}
