package dev.tidemark.wire;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Settings of the Avro serdes and of the schema registry client. Names and meaning are those of
 * Confluent's serdes so that one configuration serves both; only {@code tidemark.*} is ours.
 */
public final class AvroConfig extends AbstractConfig {
  /** Class that writes records; Confluent's fits unchanged. */
  public static final String SERIALIZER = "tidemark.avro.serializer";

  /** Class that reads records; Confluent's fits unchanged. */
  public static final String DESERIALIZER = "tidemark.avro.deserializer";

  /** Generated record class that the reader has to deliver; a record of another name is refused. */
  public static final String TYPE = "tidemark.avro.type";

  /** An open {@link SchemaRegistryClient} to share; set in code, never in a file. */
  public static final String CLIENT = "tidemark.avro.registry.client";

  /** Addresses of the registry: http, https, or {@code mock://scope}. */
  public static final String URL = "schema.registry.url";

  /** Whether the writer registers its schema. */
  public static final String AUTO_REGISTER = "auto.register.schemas";

  /**
   * Whether the writer uses the latest schema of the subject; needs auto.register.schemas=false.
   */
  public static final String USE_LATEST = "use.latest.version";

  /** Whether the latest schema must be able to read what the record's own schema writes. */
  public static final String LATEST_STRICT = "latest.compatibility.strict";

  /** Whether the registry brings schemas into canonical form before it compares them. */
  public static final String NORMALIZE = "normalize.schemas";

  /** Id of the schema to write with, or -1; needs auto.register.schemas=false. */
  public static final String USE_ID = "use.schema.id";

  /** Whether the schema of use.schema.id must be able to read what the record's schema writes. */
  public static final String ID_STRICT = "id.compatibility.strict";

  /** Whether {@code avro.java.string} is removed from schemas before they are registered. */
  public static final String REMOVE_JAVA = "avro.remove.java.properties";

  /** Whether logical types become Java types (Instant, BigDecimal) in generic records. */
  public static final String LOGICAL_TYPES = "avro.use.logical.type.converters";

  /** Whether the reader makes generated classes (true) or generic records (false). */
  public static final String SPECIFIC = "specific.avro.reader";

  /** How the subject of a key is named. */
  public static final String KEY_NAMING = "key.subject.name.strategy";

  /** How the subject of a value is named. */
  public static final String VALUE_NAMING = "value.subject.name.strategy";

  /** Where user and password come from: URL or USER_INFO. */
  public static final String BASIC_SOURCE = "basic.auth.credentials.source";

  /** User and password as {@code user:password}. */
  public static final String BASIC_USER = "basic.auth.user.info";

  /** Where the token comes from: STATIC_TOKEN, or empty for none. */
  public static final String BEARER_SOURCE = "bearer.auth.credentials.source";

  /** The token. */
  public static final String BEARER_TOKEN = "bearer.auth.token";

  /** How long one request may take, connecting and body included, milliseconds. */
  public static final String TIMEOUT_MS = "http.read.timeout.ms";

  /** How often a failed request is tried again before the registry counts as unavailable. */
  public static final String RETRIES = "max.retries";

  /** Wait before the first retry, milliseconds; doubles with each. */
  public static final String RETRY_WAIT_MS = "retries.wait.ms";

  /** Longest wait between retries, milliseconds. */
  public static final String RETRY_MAX_WAIT_MS = "retries.max.wait.ms";

  /** How long an unknown schema id stays unknown without asking again, seconds. */
  public static final String MISSING_TTL_SEC = "missing.id.cache.ttl.sec";

  /** Prefix of Kafka's own {@code ssl.*} settings for https. */
  public static final String SSL_PREFIX = "schema.registry.";

  private static final ConfigDef DEFINITION =
      new ConfigDef()
          .define(
              URL,
              ConfigDef.Type.LIST,
              "",
              HIGH,
              "Addresses of the registry: http, https, mock://scope.")
          .define(
              AUTO_REGISTER, ConfigDef.Type.BOOLEAN, true, HIGH, "The writer registers its schema.")
          .define(
              USE_LATEST,
              ConfigDef.Type.BOOLEAN,
              false,
              MEDIUM,
              "Write with the subject's latest schema.")
          .define(
              LATEST_STRICT,
              ConfigDef.Type.BOOLEAN,
              true,
              LOW,
              "The latest schema must fit the record's.")
          .define(NORMALIZE, ConfigDef.Type.BOOLEAN, false, LOW, "The registry normalizes schemas.")
          .define(
              USE_ID, ConfigDef.Type.INT, -1, LOW, "Write with the schema of this id; -1 for none.")
          .define(
              ID_STRICT, ConfigDef.Type.BOOLEAN, true, LOW, "That schema must fit the record's.")
          .define(
              REMOVE_JAVA,
              ConfigDef.Type.BOOLEAN,
              false,
              MEDIUM,
              "Register without avro.java.string.")
          .define(
              LOGICAL_TYPES, ConfigDef.Type.BOOLEAN, false, LOW, "Java types for logical types.")
          .define(SPECIFIC, ConfigDef.Type.BOOLEAN, false, MEDIUM, "Read into generated classes.")
          .define(
              TYPE, ConfigDef.Type.CLASS, null, MEDIUM, "Record class the reader has to deliver.")
          .define(
              KEY_NAMING,
              ConfigDef.Type.STRING,
              "TopicNameStrategy",
              LOW,
              "Naming of key subjects.")
          .define(
              VALUE_NAMING,
              ConfigDef.Type.STRING,
              "TopicNameStrategy",
              LOW,
              "Naming of value subjects.")
          .define(
              BASIC_SOURCE, ConfigDef.Type.STRING, "URL", MEDIUM, "Source of user and password.")
          .define(BASIC_USER, ConfigDef.Type.PASSWORD, "", MEDIUM, "user:password for USER_INFO.")
          .define(BEARER_SOURCE, ConfigDef.Type.STRING, "", MEDIUM, "STATIC_TOKEN, or empty.")
          .define(BEARER_TOKEN, ConfigDef.Type.PASSWORD, "", MEDIUM, "Token for STATIC_TOKEN.")
          .define(TIMEOUT_MS, ConfigDef.Type.INT, 10_000, atLeast(1), LOW, "Longest request, ms.")
          .define(RETRIES, ConfigDef.Type.INT, 3, atLeast(0), LOW, "Retries of one request.")
          .define(RETRY_WAIT_MS, ConfigDef.Type.INT, 100, atLeast(0), LOW, "First wait, ms.")
          .define(
              RETRY_MAX_WAIT_MS, ConfigDef.Type.INT, 2_000, atLeast(0), LOW, "Longest wait, ms.")
          .define(
              MISSING_TTL_SEC,
              ConfigDef.Type.INT,
              30,
              atLeast(0),
              LOW,
              "Memory of unknown ids, s.");

  AvroConfig(Map<String, ?> settings) {
    super(DEFINITION, namesOfClasses(settings), false);
  }

  /** The table of settings: name, type, default, sentence. */
  static ConfigDef definition() {
    return new ConfigDef(DEFINITION);
  }

  SubjectNaming naming(boolean key) {
    String setting = key ? KEY_NAMING : VALUE_NAMING;
    return SubjectNaming.named(setting, getString(setting));
  }

  private static Map<String, Object> namesOfClasses(Map<String, ?> settings) {
    Map<String, Object> copy = new HashMap<>(settings);
    for (String name : new String[] {KEY_NAMING, VALUE_NAMING}) {
      if (copy.get(name) instanceof Class<?> strategy) {
        copy.put(name, strategy.getName());
      }
    }
    return copy;
  }
}
