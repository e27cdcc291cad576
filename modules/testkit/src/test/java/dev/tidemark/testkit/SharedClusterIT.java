package dev.tidemark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.wire.Topic;
import dev.tidemark.wire.Topics;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class SharedClusterIT {
  private final TestCluster cluster = TestCluster.shared();

  @Test
  void shouldBeTheSameForAllTests() {
    assertThat(TestCluster.shared()).isSameAs(cluster);
  }

  @Test
  void shouldGiveEachTestItsOwnTopics() throws Exception {
    Topics mine = Topics.prefixed(cluster.uniquePrefix());
    Topics yours = Topics.prefixed(cluster.uniquePrefix());
    cluster.createTopics(mine, 3);
    cluster.createTopics(yours, 2);
    Set<String> names = mine.all().stream().map(Topic::name).collect(Collectors.toSet());
    try (var admin = Admin.create(cluster.clientConfig())) {
      assertThat(admin.listTopics().names().get())
          .containsAll(names)
          .contains(yours.spans().name());
      assertThat(admin.describeTopics(names).allTopicNames().get().values())
          .allSatisfy(topic -> assertThat(topic.partitions()).hasSize(3));
    }
  }
}
