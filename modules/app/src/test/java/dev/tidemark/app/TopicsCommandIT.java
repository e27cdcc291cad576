package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.testkit.TestCluster;
import dev.tidemark.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

class TopicsCommandIT {
  private final TestCluster cluster = TestCluster.shared();
  private final String prefix = cluster.uniquePrefix();
  private final int all = Topics.plain().all().size();

  @Test
  void shouldPlanThenCreateThenFindNothingToDo() {
    Output plan = topics("plan");
    assertThat(plan.exitCode()).isEqualTo(ExitCode.FOUND);
    assertThat(plan.out()).contains(prefix + "-agent-spans").contains("create");

    Output apply = topics("apply", "--partitions", "3");
    assertThat(apply.exitCode()).as(apply.err()).isZero();
    assertThat(apply.err()).contains(all + " topics created");

    Output again = topics("plan");
    assertThat(again.exitCode()).as(again.out()).isZero();
    assertThat(again.out().lines().filter(line -> line.contains("-agent-")))
        .hasSize(all)
        .allMatch(line -> line.matches(".* +3 +ok"));
  }

  @Test
  void shouldReportDifferencesAndLeaveTheTopicAlone() throws Exception {
    topics("apply");
    String windows = Topics.prefixed(prefix).windows().name();
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, windows);
    try (var admin = Admin.create(cluster.clientConfig())) {
      var shorter =
          new AlterConfigOp(new ConfigEntry("retention.ms", "1000"), AlterConfigOp.OpType.SET);
      admin.incrementalAlterConfigs(Map.of(resource, List.of(shorter))).all().get();

      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .until(() -> retention(admin, resource).equals("1000"));

      Output apply = topics("apply");

      assertThat(apply.exitCode()).isEqualTo(ExitCode.FOUND);
      assertThat(apply.out()).contains("differs").contains("retention.ms is 1000 instead of");
      assertThat(retention(admin, resource)).isEqualTo("1000");
    }
  }

  private static String retention(Admin admin, ConfigResource topic) throws Exception {
    return admin.describeConfigs(List.of(topic)).all().get().get(topic).get("retention.ms").value();
  }

  @Test
  void shouldStampSpansByThePlayerWhenAsked() {
    assertThat(topics("apply", "--timestamp-type", "CreateTime").exitCode()).isZero();

    assertThat(topics("plan").out())
        .contains("message.timestamp.type is CreateTime instead of LogAppendTime");
  }

  private Output topics(String command, String... more) {
    var words = new ArrayList<>(List.of("topics", command));
    words.addAll(List.of("--bootstrap-server", cluster.bootstrapServers()));
    words.addAll(List.of("--topic-prefix", prefix));
    words.addAll(List.of(more));
    return Output.of(words.toArray(String[]::new));
  }
}
