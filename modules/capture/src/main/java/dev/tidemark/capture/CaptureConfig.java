package dev.tidemark.capture;

import dev.tidemark.core.redact.ContentRules;
import dev.tidemark.core.redact.KeyedHash;
import dev.tidemark.core.redact.RedactionRules;
import dev.tidemark.wire.Topics;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How records leave an agent. Immutable: every method returns a changed copy. Its text form names
 * no client setting, for those hold passwords.
 */
public final class CaptureConfig {
  private static final int HASH_KEY_BYTES = 32;

  private Map<String, Object> client;
  private Topics topics = Topics.plain();
  private Overflow overflow = Overflow.DROP;
  private int queueRecords = 10_000;
  private int recordLimitBytes = 900_000;
  private Duration closeLimit = Duration.ofSeconds(10);
  private String tenant = "default";
  private String environment = "default";
  private KeyedHash hash;
  private InstantSource clock = InstantSource.system();
  private RedactionRules redaction = RedactionRules.standard();
  private ContentRules content = ContentRules.off();
  private Duration lossInterval = Duration.ofSeconds(10);

  private CaptureConfig(Map<String, ?> client, KeyedHash hash) {
    this.client = Map.copyOf(new TreeMap<>(client));
    this.hash = hash;
  }

  private CaptureConfig(CaptureConfig other) {
    this.client = other.client;
    this.topics = other.topics;
    this.overflow = other.overflow;
    this.queueRecords = other.queueRecords;
    this.recordLimitBytes = other.recordLimitBytes;
    this.closeLimit = other.closeLimit;
    this.tenant = other.tenant;
    this.environment = other.environment;
    this.hash = other.hash;
    this.clock = other.clock;
    this.redaction = other.redaction;
    this.content = other.content;
    this.lossInterval = other.lossInterval;
  }

  /**
   * The defaults for an agent.
   *
   * @param client settings of the Kafka producer and of the schema registry in their own names; at
   *     least {@code bootstrap.servers} and {@code schema.registry.url}
   * @throws IllegalArgumentException when one of the two is missing
   */
  public static CaptureConfig of(Map<String, ?> client) {
    for (String needed : new String[] {"bootstrap.servers", "schema.registry.url"}) {
      Object value = client.get(needed);
      if (value == null || value.toString().isBlank()) {
        throw new IllegalArgumentException(
            "capture has no '" + needed + "': add it to the client settings");
      }
    }
    byte[] key = new byte[HASH_KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return new CaptureConfig(client, KeyedHash.of(key));
  }

  /** Topics to write to; without prefix by default. */
  public CaptureConfig topics(Topics value) {
    var copy = new CaptureConfig(this);
    copy.topics = Objects.requireNonNull(value, "topics");
    return copy;
  }

  /** What a full queue does; {@link Overflow#DROP} by default. */
  public CaptureConfig overflow(Overflow value) {
    var copy = new CaptureConfig(this);
    copy.overflow = Objects.requireNonNull(value, "overflow");
    return copy;
  }

  /** Records that may wait, 1 to 1,000,000; 10,000 by default, about 10 MB. */
  public CaptureConfig queueRecords(int value) {
    var copy = new CaptureConfig(this);
    copy.queueRecords = between(value, 1, 1_000_000, "queue size in records");
    return copy;
  }

  /**
   * Largest record in bytes, 1,000 to 100,000,000; 900,000 by default, below the broker's limit.
   */
  public CaptureConfig recordLimitBytes(int value) {
    var copy = new CaptureConfig(this);
    copy.recordLimitBytes = between(value, 1_000, 100_000_000, "record limit in bytes");
    return copy;
  }

  /** How long closing may flush; 10 s by default. */
  public CaptureConfig closeLimit(Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException("close limit is " + value + ": it cannot be negative");
    }
    var copy = new CaptureConfig(this);
    copy.closeLimit = value;
    return copy;
  }

  /** Whose fleet this is; {@code default} by default. */
  public CaptureConfig tenant(String value) {
    var copy = new CaptureConfig(this);
    copy.tenant = Objects.requireNonNull(value, "tenant");
    return copy;
  }

  /** Deployment environment, such as production; {@code default} by default. */
  public CaptureConfig environment(String value) {
    var copy = new CaptureConfig(this);
    copy.environment = Objects.requireNonNull(value, "environment");
    return copy;
  }

  /**
   * Key of the hashes of arguments, at least 16 random bytes. Give all agents of a deployment the
   * same one; by default it is new in every process, so that hashes compare within a process only.
   */
  public CaptureConfig hashKey(byte[] value) {
    var copy = new CaptureConfig(this);
    copy.hash = KeyedHash.of(value);
    return copy;
  }

  /** Where times come from; the system by default. */
  public CaptureConfig clock(InstantSource value) {
    var copy = new CaptureConfig(this);
    copy.clock = Objects.requireNonNull(value, "clock");
    return copy;
  }

  /** What is redacted; the standard rules by default. */
  public CaptureConfig redaction(RedactionRules value) {
    var copy = new CaptureConfig(this);
    copy.redaction = Objects.requireNonNull(value, "redaction");
    return copy;
  }

  /** Whose content is kept, in a topic of its own; nobody's by default. */
  public CaptureConfig content(ContentRules value) {
    var copy = new CaptureConfig(this);
    copy.content = Objects.requireNonNull(value, "content");
    return copy;
  }

  /** How often losses are told to Kafka, 10 ms or more; every 10 s by default. */
  public CaptureConfig lossInterval(Duration value) {
    if (value.toMillis() < 10) {
      throw new IllegalArgumentException("loss interval is " + value + ": use 10 ms or more");
    }
    var copy = new CaptureConfig(this);
    copy.lossInterval = value;
    return copy;
  }

  RedactionRules redaction() {
    return redaction;
  }

  ContentRules content() {
    return content;
  }

  Duration lossInterval() {
    return lossInterval;
  }

  Map<String, Object> client() {
    return client;
  }

  Topics topics() {
    return topics;
  }

  Overflow overflow() {
    return overflow;
  }

  int queueRecords() {
    return queueRecords;
  }

  int recordLimitBytes() {
    return recordLimitBytes;
  }

  Duration closeLimit() {
    return closeLimit;
  }

  String tenant() {
    return tenant;
  }

  String environment() {
    return environment;
  }

  KeyedHash hash() {
    return hash;
  }

  InstantSource clock() {
    return clock;
  }

  @Override
  public String toString() {
    return "CaptureConfig[topics="
        + topics.spans().name()
        + ", overflow="
        + overflow
        + ", queueRecords="
        + queueRecords
        + ", recordLimitBytes="
        + recordLimitBytes
        + ", closeLimit="
        + closeLimit
        + "]";
  }

  private static int between(int value, int least, int most, String what) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + " is " + value + ": use a value from " + least + " to " + most);
    }
    return value;
  }
}
