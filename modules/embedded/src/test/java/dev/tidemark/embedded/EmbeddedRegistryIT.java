package dev.tidemark.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.embedded.EmbeddedException.Reason;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRegistryIT {
  @TempDir Path directory;

  @Test
  void shouldKnowItsSchemasAfterARestartOfEverything() throws Exception {
    Set<Thread> before = Threads.user();
    try (var broker = EmbeddedBroker.start(directory);
        var registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0)) {
      var client = new RegistryClient(registry.url());
      client.register("a", Schemas.V1);
      client.register("a", Schemas.V2);
      client.put("/config/a", Map.of("compatibility", "FULL"));
      client.register("gone", Schemas.STRING);
      client.delete("/subjects/gone");
      client.delete("/subjects/gone?permanent=true");
    }
    Threads.awaitOnly(before);
    try (var broker = EmbeddedBroker.start(directory);
        var registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0)) {
      var client = new RegistryClient(registry.url());
      assertThat(client.get("/subjects/a/versions").body()).hasToString("[1,2]");
      assertThat(client.get("/config/a").body()).hasToString("{\"compatibilityLevel\":\"FULL\"}");
      assertThat(client.get("/subjects?deleted=true").body()).hasToString("[\"a\"]");
      assertThat(client.register("b", "\"bytes\"").body()).hasToString("{\"id\":4}");
    }
  }

  @Test
  void shouldKeepItsTopicCompactedInOnePartition() throws Exception {
    try (var broker = EmbeddedBroker.start(directory);
        var registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0);
        var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      var topic = new ConfigResource(ConfigResource.Type.TOPIC, SchemasTopic.NAME);
      var config = admin.describeConfigs(List.of(topic)).all().get().get(topic);
      assertThat(config.get("cleanup.policy").value()).isEqualTo("compact");
      assertThat(admin.describeTopics(List.of(SchemasTopic.NAME)).allTopicNames().get().values())
          .allSatisfy(described -> assertThat(described.partitions()).hasSize(1));
      assertThat(registry.url()).startsWith("http://127.0.0.1:");
    }
  }

  @Test
  void shouldNameThePortThatIsTaken() throws Exception {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      var refusal =
          catchThrowableOfType(
              EmbeddedException.class, () -> EmbeddedRegistry.start("127.0.0.1:1", port));
      assertThat(refusal.reason()).isEqualTo(Reason.PORT_IN_USE);
      assertThat(refusal)
          .hasMessageContaining("port " + port + " of 127.0.0.1 is in use, so the schema registry");
    }
  }
}
