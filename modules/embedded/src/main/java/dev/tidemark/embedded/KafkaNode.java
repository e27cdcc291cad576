package dev.tidemark.embedded;

import dev.tidemark.embedded.EmbeddedException.Reason;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

/** Kafka's own server, driven without its command line: format, start, stop. */
final class KafkaNode implements AutoCloseable {
  private final KafkaRaftServer server;

  private KafkaNode(KafkaRaftServer server) {
    this.server = server;
  }

  /** Prepares a new log directory; one that is already prepared stays as it is. */
  static void format(Path logs) {
    if (Files.exists(logs.resolve("meta.properties"))) {
      return;
    }
    try (var silence =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      Files.createDirectories(logs);
      new Formatter()
          .setPrintStream(silence)
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(BrokerSettings.NODE_ID)
          .setDirectories(List.of(logs.toString()))
          .setMetadataLogDirectory(logs.toString())
          .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
          .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
          .setIgnoreFormatted(true)
          .run();
    } catch (Exception e) {
      throw new EmbeddedException(
          Reason.DIRECTORY_UNUSABLE,
          "directory " + logs + " cannot be formatted for the broker: empty it or choose another",
          e);
    }
  }

  /** Returns when clients may connect; after a failure nothing is left running. */
  static KafkaNode start(Path logs, BrokerPorts ports) {
    ExitGuard.install();
    var config = new KafkaConfig(BrokerSettings.of(logs, ports), false);
    var node = new KafkaNode(new KafkaRaftServer(config, Time.SYSTEM));
    try {
      node.server.startup();
      return node;
    } catch (RuntimeException e) {
      node.close();
      throw explained(e, logs, ports);
    }
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static EmbeddedException explained(RuntimeException e, Path logs, BrokerPorts ports) {
    for (int port : new int[] {ports.broker(), ports.controller()}) {
      if (!Ports.isFree(port)) {
        return Ports.inUse("broker", port, e);
      }
    }
    return new EmbeddedException(
        Reason.FAILED,
        "broker on directory " + logs + " did not start: read the cause, or choose a new directory",
        e);
  }
}
