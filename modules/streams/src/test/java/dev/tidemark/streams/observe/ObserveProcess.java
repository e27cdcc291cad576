package dev.tidemark.streams.observe;

import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;

/** Observe in a JVM of its own, so that a test can kill it for real. */
final class ObserveProcess {
  private ObserveProcess() {}

  /**
   * Arguments: bootstrap servers, registry url, prefix, state directory, partitions, and how often
   * is committed, milliseconds (1,000 when it is left out), and the guarantee (exactly_once_v2).
   */
  public static void main(String[] args) throws InterruptedException {
    Topics topics = Topics.prefixed(args[2]);
    AvroSerdes serdes = AvroSerdes.of(Map.of("schema.registry.url", args[1]));
    int partitions = Integer.parseInt(args[4]);
    ObserveConfig config =
        ObserveConfig.of(partitions, partitions)
            .withClock(ObserveConfig.ArrivalClock.PRODUCER)
            .withFlush(Duration.ofMillis(100), Duration.ofSeconds(1));
    Properties properties = new Properties();
    properties.put("application.id", args[2] + "-observe");
    properties.put("bootstrap.servers", args[0]);
    properties.put("state.dir", args[3]);
    properties.put("processing.guarantee", args.length > 6 ? args[6] : "exactly_once_v2");
    properties.put("commit.interval.ms", args.length > 5 ? args[5] : "1000");
    properties.put("session.timeout.ms", 6_000);
    properties.put("heartbeat.interval.ms", 1_000);
    KafkaStreams streams =
        new KafkaStreams(new ObserveTopology(config, topics, serdes).build(), properties);
    streams.start();
    Thread.currentThread().join();
  }
}
