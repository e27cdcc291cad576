package dev.tidemark.app.host;

import dev.tidemark.app.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How the roles of one process run.
 *
 * @param cluster where the topics are
 * @param stateDir directory of the state stores; kept between starts
 * @param commitInterval time between commits: results are seen by readers after at most this long
 * @param threads stream threads per role
 * @param rocksDbBytes memory for all state stores of the process together
 * @param restarts stream threads replaced per ten minutes before the process gives up
 */
public record HostConfig(
    Cluster cluster,
    Path stateDir,
    Duration commitInterval,
    int threads,
    long rocksDbBytes,
    int restarts) {

  public HostConfig {
    require(commitInterval.toMillis() > 0, "--commit-interval", "longer than nothing, like PT0.5S");
    require(threads >= 1 && threads <= 64, "--threads", "1 to 64");
    require(rocksDbBytes >= 4L << 20, "--state-memory", "4 (MiB) or more");
    require(restarts >= 0, "thread restarts", "0 or more");
    if (stateDir.toAbsolutePath().normalize().startsWith("/tmp/kafka-streams")) {
      throw Failure.config(
          "--state-dir " + stateDir + " is wiped at boot on many systems: choose another one");
    }
  }

  private static void require(boolean holds, String what, String allowed) {
    if (!holds) {
      throw Failure.usage(what + " is out of range: make it " + allowed);
    }
  }

  /** Settings of a laptop: small memory, quick commits. */
  public static HostConfig laptop(Cluster cluster, Path stateDir) {
    return new HostConfig(cluster, stateDir, Duration.ofMillis(150), 1, 32L << 20, 3);
  }

  /** Properties of the engine for one role. */
  public Properties streams(String role) {
    var all = new LinkedHashMap<String, Object>(cluster.clientConfig());
    all.put(StreamsConfig.APPLICATION_ID_CONFIG, cluster.applicationId(role));
    all.put(StreamsConfig.CLIENT_ID_CONFIG, cluster.applicationId(role));
    all.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    all.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
    all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    if (role.equals("observe") || role.equals("evidence")) {
      // Their results do not depend on which topic is read first, so nobody waits for either.
      all.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
    }
    all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 2L << 20);
    all.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbBudget.class);
    all.put(RocksDbBudget.BYTES, Long.toString(rocksDbBytes));
    all.putIfAbsent(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
    all.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    // One batch of a store per poll: larger ones restore faster.
    all.putIfAbsent(StreamsConfig.restoreConsumerPrefix("max.poll.records"), 10_000);
    all.putIfAbsent(StreamsConfig.restoreConsumerPrefix("max.partition.fetch.bytes"), 4 << 20);
    // A replaced thread's member is waited for until its session ends: 45 s would be long.
    all.putIfAbsent(StreamsConfig.consumerPrefix("session.timeout.ms"), 10_000);
    all.putIfAbsent(StreamsConfig.consumerPrefix("heartbeat.interval.ms"), 3_000);
    // Catching up after hours makes long transactions; one that is cut off is done all over again.
    all.putIfAbsent(StreamsConfig.producerPrefix("transaction.timeout.ms"), 60_000);
    all.putIfAbsent(StreamsConfig.producerPrefix("linger.ms"), 5);
    all.putIfAbsent(StreamsConfig.producerPrefix("compression.type"), "lz4");
    all.putIfAbsent(StreamsConfig.METADATA_MAX_AGE_CONFIG, 60_000);
    all.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    var properties = new Properties();
    for (Map.Entry<String, Object> entry : all.entrySet()) {
      properties.put(entry.getKey(), entry.getValue());
    }
    return properties;
  }
}
