package dev.tidemark.app.host;

import dev.tidemark.app.Failure;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.Topics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;

/**
 * What is checked before a role starts: every topic is there, and those that have to be
 * co-partitioned are.
 *
 * @param sourcePartitions partitions of spans and of events
 * @param subjectPartitions partitions of partials, correlations, changes, decisions and windows
 * @param arrivalClock who stamps spans and events
 */
public record Preflight(int sourcePartitions, int subjectPartitions, Topic.Clock arrivalClock) {

  /**
   * Asks the broker.
   *
   * @throws Failure a sentence with the command that repairs it
   */
  public static Preflight check(Admin admin, Cluster cluster)
      throws ExecutionException, InterruptedException {
    Topics topics = cluster.topics();
    List<String> names = topics.all().stream().map(Topic::name).toList();
    Set<String> present = admin.listTopics().names().get();
    List<String> missing = names.stream().filter(name -> !present.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw Failure.config(
          (missing.size() == 1 ? "topic " : "topics ")
              + String.join(", ", missing)
              + (missing.size() == 1 ? " does" : " do")
              + " not exist on "
              + cluster.bootstrapServers()
              + ": run '"
              + cluster.topicsApply()
              + "'");
    }
    Map<String, Integer> partitions =
        admin.describeTopics(names).allTopicNames().get().values().stream()
            .collect(Collectors.toMap(TopicDescription::name, d -> d.partitions().size()));
    int source = equal(partitions, topics.spans(), topics.events());
    int subject = equal(partitions, topics.partials(), topics.windows());
    equal(partitions, topics.correlations(), topics.windows());
    equal(partitions, topics.changes(), topics.windows());
    equal(partitions, topics.decisions(), topics.windows());
    equal(partitions, topics.pins(), topics.runs());
    equal(partitions, topics.audit(), topics.spans());
    Topic.Clock clock = clock(admin, topics.spans());
    if (clock != clock(admin, topics.events())) {
      throw Failure.config(
          "topics "
              + topics.spans().name()
              + " and "
              + topics.events().name()
              + " have different message.timestamp.type: give both the same");
    }
    return new Preflight(source, subject, clock);
  }

  private static int equal(Map<String, Integer> partitions, Topic<?, ?> one, Topic<?, ?> other) {
    int count = partitions.get(one.name());
    int otherCount = partitions.get(other.name());
    if (count != otherCount) {
      throw Failure.config(
          "topic "
              + one.name()
              + " has "
              + count
              + " partitions and "
              + other.name()
              + " has "
              + otherCount
              + ": they must be equal, recreate the smaller one");
    }
    return count;
  }

  private static Topic.Clock clock(Admin admin, Topic<?, ?> topic)
      throws ExecutionException, InterruptedException {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    var config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
    return "LogAppendTime".equals(config.get("message.timestamp.type").value())
        ? Topic.Clock.BROKER
        : Topic.Clock.PRODUCER;
  }
}
