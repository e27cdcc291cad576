package dev.tidemark.app.host;

import dev.tidemark.app.Failure;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.RegistryUnavailableException;
import dev.tidemark.wire.SchemaRefusedException;
import dev.tidemark.wire.Topics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * One Kafka cluster with its registry and the topics of one deployment on it.
 *
 * @param bootstrapServers brokers to start from
 * @param clientConfig settings of every Kafka client, bootstrap servers and registry included
 * @param registryUrl schema registry; empty when none was given
 * @param topics topics of the deployment
 * @param prefix prefix of topics and application ids, without the dash; may be empty
 */
public record Cluster(
    String bootstrapServers,
    Map<String, Object> clientConfig,
    String registryUrl,
    Topics topics,
    String prefix) {
  private static final int CONNECT_MS = 3_000;
  private static final int ANSWER_MS = 8_000;

  /**
   * A cluster.
   *
   * @throws Failure usage, when the prefix is not kebab-case
   */
  public static Cluster of(
      String bootstrapServers, Map<String, ?> config, String registryUrl, String prefix) {
    var all = new LinkedHashMap<String, Object>(config);
    all.put("bootstrap.servers", bootstrapServers);
    if (!registryUrl.isEmpty()) {
      all.put("schema.registry.url", registryUrl);
    }
    return new Cluster(bootstrapServers, Map.copyOf(all), registryUrl, topics(prefix), prefix);
  }

  /**
   * Topics of a deployment; the prefix may be empty.
   *
   * @throws Failure usage, when the prefix is not kebab-case
   */
  public static Topics topics(String prefix) {
    try {
      return Topics.prefixed(prefix);
    } catch (IllegalArgumentException e) {
      throw Failure.usage("--topic-prefix: " + e.getMessage());
    }
  }

  /** Serdes that speak to the registry. */
  public AvroSerdes serdes() {
    return AvroSerdes.of(clientConfig);
  }

  /** The command that creates what is missing of these topics. */
  String topicsApply() {
    return "tidemark topics apply --bootstrap-server "
        + bootstrapServers
        + (prefix.isEmpty() ? "" : " --topic-prefix " + prefix);
  }

  /** Application id of a role: the consumer group and the prefix of internal topics. */
  public String applicationId(String role) {
    return (prefix.isEmpty() ? "" : prefix + "-") + "tidemark-" + role;
  }

  /** An admin client that gives up after eight seconds. The caller closes it. */
  public Admin admin() {
    reach();
    var config = new LinkedHashMap<String, Object>(clientConfig);
    config.keySet().removeIf(key -> !AdminClientConfig.configNames().contains(key));
    config.putIfAbsent(AdminClientConfig.CLIENT_ID_CONFIG, "tidemark-admin");
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000);
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MS);
    return Admin.create(config);
  }

  /**
   * Asks the registry something, whatever the answer is.
   *
   * @throws Failure unreachable
   */
  public void reachRegistry() {
    try {
      serdes().registry().latest(topics.alerts().name() + "-value");
    } catch (SchemaRefusedException e) {
      return;
    } catch (RegistryUnavailableException e) {
      throw Failure.unreachable(
          "cannot reach the schema registry at "
              + registryUrl
              + " ("
              + e.getMessage()
              + "): check --schema-registry",
          e);
    }
  }

  /**
   * Opens one connection to any of the brokers, so that a wrong address is told at once and with
   * its reason instead of after a long silence.
   *
   * @throws Failure unreachable, naming every address that was tried
   */
  public void reach() {
    List<String> reasons = new ArrayList<>();
    for (String server : bootstrapServers.split(",", -1)) {
      String address = server.strip();
      int colon = address.lastIndexOf(':');
      int port = colon < 0 ? -1 : port(address.substring(colon + 1));
      if (colon < 1 || port < 1) {
        throw Failure.usage(
            "--bootstrap-server '" + address + "' is not host:port: write it like localhost:9092");
      }
      try (var socket = new Socket()) {
        String host = address.substring(0, colon).replaceAll("^\\[|]$", "");
        socket.connect(new InetSocketAddress(host, port), CONNECT_MS);
        return;
      } catch (UnknownHostException e) {
        reasons.add(address + " (unknown host)");
      } catch (IOException e) {
        reasons.add(address + " (" + e.getMessage() + ")");
      }
    }
    throw Failure.unreachable(
        "cannot reach Kafka at "
            + String.join(", ", reasons)
            + ": check --bootstrap-server and that the broker is up",
        null);
  }

  private static int port(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
