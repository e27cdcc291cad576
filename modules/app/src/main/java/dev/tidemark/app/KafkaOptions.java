package dev.tidemark.app;

import dev.tidemark.app.host.Cluster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine.Option;

/** Flags that say which Kafka; spelled as in Kafka's own tools. */
final class KafkaOptions {
  @Option(
      names = {"-b", "--bootstrap-server"},
      paramLabel = "HOST:PORT,...",
      defaultValue = "${env:TIDEMARK_BOOTSTRAP_SERVER}",
      description = "Kafka brokers to start from (env TIDEMARK_BOOTSTRAP_SERVER).")
  private String bootstrapServer;

  @Option(
      names = {"-F", "--command-config"},
      paramLabel = "FILE",
      defaultValue = "${env:TIDEMARK_COMMAND_CONFIG}",
      description = "Properties file for the Kafka clients (env TIDEMARK_COMMAND_CONFIG).")
  private Path commandConfig;

  @Option(
      names = "-X",
      paramLabel = "KEY=VALUE",
      description = "One property of the Kafka clients; may be repeated; no secrets.")
  private final Map<String, String> overrides = new LinkedHashMap<>();

  @Option(
      names = {"-r", "--schema-registry"},
      paramLabel = "URL",
      defaultValue = "${env:TIDEMARK_SCHEMA_REGISTRY}",
      description = "Schema registry (env TIDEMARK_SCHEMA_REGISTRY).")
  private String schemaRegistry;

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      defaultValue = "${env:TIDEMARK_TOPIC_PREFIX:-}",
      description = "Prefix of every topic and application id (env TIDEMARK_TOPIC_PREFIX).")
  private String topicPrefix;

  /** The cluster for commands that read or write records. */
  Cluster clusterWithRegistry() {
    Cluster cluster = cluster();
    if (cluster.registryUrl().isEmpty()) {
      throw Failure.usage(
          "no schema registry given: add --schema-registry URL or set TIDEMARK_SCHEMA_REGISTRY");
    }
    return cluster;
  }

  /** The cluster for commands that need topics only. */
  Cluster cluster() {
    if (bootstrapServer == null || bootstrapServer.isEmpty()) {
      throw Failure.usage(
          "no broker given: add --bootstrap-server HOST:PORT or set TIDEMARK_BOOTSTRAP_SERVER");
    }
    var config = new LinkedHashMap<String, Object>();
    if (commandConfig != null && !commandConfig.toString().isEmpty()) {
      file(commandConfig).forEach((key, value) -> config.put(key.toString(), value));
    }
    overrides.forEach(
        (key, value) -> {
          String lower = key.toLowerCase(Locale.ROOT);
          if (lower.contains("password") || lower.contains("secret") || lower.contains("jaas")) {
            throw Failure.usage(
                "-X "
                    + key
                    + " would show a secret to everybody on this machine:"
                    + " put it into a file and give that to --command-config");
          }
          config.put(key, value);
        });
    Object registry = config.get("schema.registry.url");
    String url = schemaRegistry != null ? schemaRegistry : registry == null ? "" : "" + registry;
    return Cluster.of(bootstrapServer, config, url, topicPrefix == null ? "" : topicPrefix);
  }

  private static Properties file(Path path) {
    if (!Files.isRegularFile(path)) {
      throw Failure.usage(
          "--command-config " + path.toAbsolutePath() + " is not a file: check the path");
    }
    var properties = new Properties();
    try (InputStream in = Files.newInputStream(path)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw Failure.config(
          "--command-config "
              + path.toAbsolutePath()
              + " cannot be read as Java properties: "
              + e.getMessage());
    }
    return properties;
  }
}
