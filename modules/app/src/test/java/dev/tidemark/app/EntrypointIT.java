package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.testkit.TestCluster;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the containers do, by hand: the same launcher, the same words, the same environment. */
class EntrypointIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private final TestCluster cluster = TestCluster.shared();
  @TempDir private Path directory;

  @Test
  void shouldCreateTopicsThenRunThenStopOnTerm() throws Exception {
    Map<String, String> environment =
        Map.of(
            "TIDEMARK_BOOTSTRAP_SERVER", cluster.bootstrapServers(),
            "TIDEMARK_SCHEMA_REGISTRY", cluster.registryUrl(),
            "TIDEMARK_TOPIC_PREFIX", cluster.uniquePrefix(),
            "TIDEMARK_STATE_DIR", directory.resolve("state").toString(),
            "TIDEMARK_HTTP_HOST", "0.0.0.0",
            "TIDEMARK_HTTP_PORT", "0");
    var apply = List.of("topics", "apply", "--partitions", "2", "--timestamp-type", "CreateTime");
    try (var topics = Distribution.start(directory, environment, apply)) {
      assertThat(topics.exitCode(LIMIT)).as(topics.text(topics.err())).isZero();
    }

    var run =
        List.of("run", "--roles", "observe,detect,alert,evidence,query", "--http-name", "tidemark");
    try (var running = Distribution.start(directory, environment, run)) {
      await()
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(running.text(running.err())).contains("running"));
      URI page = page(running.text(running.err()));
      assertThat(status(page.resolve("/readyz"))).isEqualTo(200);
      assertThat(status(page.resolve("/livez"))).isEqualTo(200);
      assertThat(body(page.resolve("/metrics")))
          .contains("jvm_memory_used_bytes")
          .contains("kafka_stream")
          .contains("role=\"observe\"");
      assertThat(body(page)).contains("<html");

      running.process().destroy();

      assertThat(running.exitCode(LIMIT)).isEqualTo(143);
    }
  }

  @Test
  void shouldTellUnreachableBrokerAsContainersDo() throws Exception {
    Map<String, String> environment =
        Map.of(
            "TIDEMARK_BOOTSTRAP_SERVER",
            "127.0.0.1:1",
            "TIDEMARK_SCHEMA_REGISTRY",
            cluster.registryUrl(),
            "TIDEMARK_STATE_DIR",
            directory.toString(),
            "TIDEMARK_HTTP_PORT",
            "0");
    try (var running = Distribution.start(directory, environment, List.of("run"))) {
      assertThat(running.exitCode(LIMIT)).isEqualTo(ExitCode.UNREACHABLE);
      assertThat(running.text(running.err()).lines()).hasSize(1);
    }
  }

  private static URI page(String messages) {
    Matcher address = Pattern.compile("http://0\\.0\\.0\\.0:(\\d+)").matcher(messages);
    assertThat(address.find()).as(messages).isTrue();
    return URI.create("http://127.0.0.1:" + address.group(1));
  }

  private static int status(URI uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
        .statusCode();
  }

  private static String body(URI uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }
}
