package dev.tidemark.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.wire.TopicProvisioner.Result;
import dev.tidemark.wire.TopicProvisioner.Status;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.MockAdminClient;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class TopicProvisionerTest {
  private static final Topics TOPICS = Topics.prefixed("fleet");

  private final MockAdminClient admin = MockAdminClient.create().numBrokers(1).build();

  @Test
  void shouldCreateWhatIsMissingOnce() throws Exception {
    List<Result> first = TopicProvisioner.ensure(admin, TOPICS.all(), 3, (short) 1);
    assertThat(first).hasSameSizeAs(TOPICS.all());
    assertThat(first).allMatch(result -> result.status() == Status.CREATED);
    assertThat(TopicProvisioner.ensure(admin, TOPICS.all(), 3, (short) 1))
        .allMatch(result -> result.status() == Status.PRESENT);
    assertThat(admin.listTopics().names().get()).contains("fleet-agent-spans");
  }

  @Test
  void shouldReportDifferencesAndLeaveThemAlone() throws Exception {
    var own =
        new NewTopic("fleet-agent-alerts", 1, (short) 1)
            .configs(Map.of("cleanup.policy", "delete", "retention.ms", "-1"));
    admin.createTopics(List.of(own)).all().get();
    for (int i = 0; i < 2; i++) {
      Result result = TopicProvisioner.ensure(admin, List.of(TOPICS.alerts()), 3, (short) 1).get(0);
      assertThat(result.status()).isEqualTo(Status.DIFFERENT);
      assertThat(result.differences())
          .contains("partitions is 1, wanted 3", "cleanup.policy is delete, wanted compact");
    }
  }

  @Test
  void shouldAnswerInTheOrderAsked() {
    TopicProvisioner.ensure(admin, List.of(TOPICS.events()), 1, (short) 1);
    assertThat(
            TopicProvisioner.ensure(
                admin, List.of(TOPICS.runs(), TOPICS.events(), TOPICS.spans()), 1, (short) 1))
        .extracting(Result::topic)
        .containsExactly("fleet-agent-runs", "fleet-agent-events", "fleet-agent-spans");
  }
}
