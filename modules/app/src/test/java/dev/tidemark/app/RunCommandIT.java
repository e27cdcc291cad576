package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.testkit.TestCluster;
import dev.tidemark.wire.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code run} refuses to start on, each told in one sentence. */
class RunCommandIT {
  private final TestCluster cluster = TestCluster.shared();
  private final String prefix = cluster.uniquePrefix();
  @TempDir private Path directory;

  @Test
  void shouldNameMissingTopicsAndTheCommandThatCreatesThem() {
    Output output = run(cluster.registryUrl());

    assertThat(output.exitCode()).isEqualTo(ExitCode.CONFIG);
    assertThat(output.err().lines()).hasSize(1);
    assertThat(output.err())
        .contains(prefix + "-agent-spans")
        .contains("tidemark topics apply --bootstrap-server " + cluster.bootstrapServers())
        .contains("--topic-prefix " + prefix);
  }

  @Test
  void shouldRefuseSpansAndEventsWithUnequalPartitions() throws Exception {
    Topics topics = Topics.prefixed(prefix);
    cluster.createTopics(topics, 2);
    try (var admin = Admin.create(cluster.clientConfig())) {
      admin
          .createPartitions(Map.of(topics.events().name(), NewPartitions.increaseTo(3)))
          .all()
          .get();
      while (admin
              .describeTopics(List.of(topics.events().name()))
              .allTopicNames()
              .get()
              .get(topics.events().name())
              .partitions()
              .size()
          < 3) {
        Thread.sleep(20);
      }
    }

    Output output = run(cluster.registryUrl());

    assertThat(output.exitCode()).isEqualTo(ExitCode.CONFIG);
    assertThat(output.err()).contains("has 2 partitions").contains("has 3").contains("equal");
  }

  @Test
  void shouldTellUnreachableRegistry() {
    cluster.createTopics(Topics.prefixed(prefix), 1);

    Output output = run("http://127.0.0.1:1");

    assertThat(output.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(output.err()).contains("http://127.0.0.1:1").contains("--schema-registry");
  }

  @Test
  void shouldRefuseUnwritableStateDirectory() {
    cluster.createTopics(Topics.prefixed(prefix), 1);

    Output output =
        Output.of(
            "run",
            "-b",
            cluster.bootstrapServers(),
            "-r",
            cluster.registryUrl(),
            "--topic-prefix",
            prefix,
            "--http-port",
            "0",
            "--state-dir",
            "/proc/tidemark");

    assertThat(output.exitCode()).isEqualTo(ExitCode.CONFIG);
    assertThat(output.err()).contains("/proc/tidemark").contains("--state-dir");
  }

  private Output run(String registry) {
    return Output.of(
        "run",
        "-b",
        cluster.bootstrapServers(),
        "-r",
        registry,
        "--topic-prefix",
        prefix,
        "--http-port",
        "0",
        "--state-dir",
        directory.toString());
  }
}
