package dev.tidemark.wire;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A topic with its types and how it has to be kept.
 *
 * @param name full name, prefix included; ours are kebab-case, those of others what Kafka allows
 * @param keyType type of the key: {@code String}, or an Avro record
 * @param valueType Avro record of the value
 * @param cleanup what the broker may forget
 * @param retention how long records are kept; ignored for compacted topics
 * @param clock who stamps the records
 */
public record Topic<K, V>(
    String name,
    Class<K> keyType,
    Class<V> valueType,
    Cleanup cleanup,
    Duration retention,
    Clock clock) {

  /**
   * What was erased leaves the segment it stands in after this, and the log after as much again.
   */
  public static final Duration ERASED_WITHIN = Duration.ofDays(1);

  public Topic {
    Objects.requireNonNull(name, "name");
    if (!name.matches("[A-Za-z0-9._-]{1,249}")) {
      throw new IllegalArgumentException(
          "'" + name + "' is no topic name: use letters, digits, dots, dashes and underscores");
    }
  }

  /** A topic that somebody else owns and fills with bytes. */
  public static Topic<byte[], byte[]> ofOthers(String name) {
    return new Topic<>(
        name, byte[].class, byte[].class, Cleanup.DELETE, Duration.ZERO, Clock.PRODUCER);
  }

  /** What the broker may forget. */
  public enum Cleanup {
    /** Records are gone after a time. */
    DELETE,
    /** The last record of every key stays. */
    COMPACT,
    /**
     * Records are gone after a time, and one of them sooner when a record of its key without a
     * value follows: what can be erased.
     */
    ERASABLE
  }

  /** Who stamps the records of the topic. */
  public enum Clock {
    /** The broker on append ({@code LogAppendTime}): arrival time cannot be forged. */
    BROKER,
    /** The producer ({@code CreateTime}): derived topics, players and backfills. */
    PRODUCER
  }

  /** The same topic stamped by somebody else: players stamp their simulated arrival. */
  public Topic<K, V> stampedBy(Clock other) {
    return new Topic<>(name, keyType, valueType, cleanup, retention, other);
  }

  /** Settings for the broker, in Kafka's own names. */
  public Map<String, String> config() {
    var config = new HashMap<String, String>();
    config.put(
        "retention.ms", Long.toString(cleanup == Cleanup.COMPACT ? -1 : retention.toMillis()));
    config.put("message.timestamp.type", clock == Clock.BROKER ? "LogAppendTime" : "CreateTime");
    config.put(
        "cleanup.policy",
        switch (cleanup) {
          case DELETE -> "delete";
          case COMPACT -> "compact";
          case ERASABLE -> "compact,delete";
        });
    if (cleanup != Cleanup.DELETE) {
      // A broker left to itself compacts when half of a log is old, and never its last segment.
      config.put("max.compaction.lag.ms", Long.toString(ERASED_WITHIN.toMillis()));
      config.put("segment.ms", Long.toString(ERASED_WITHIN.toMillis()));
    }
    return Map.copyOf(config);
  }
}
