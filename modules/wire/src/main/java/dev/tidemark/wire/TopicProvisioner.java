package dev.tidemark.wire;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates the topics that are missing and says how the existing ones differ. Never changes and
 * never deletes a topic. Safe to run from several processes at once.
 */
public final class TopicProvisioner {
  private TopicProvisioner() {}

  /** What became of a topic. */
  public enum Status {
    /** It was missing and has been created. */
    CREATED,
    /** It was there as wanted. */
    PRESENT,
    /** It was there, but not as wanted; it was left alone. */
    DIFFERENT
  }

  /**
   * One topic of the answer.
   *
   * @param topic name
   * @param status what became of it
   * @param differences one sentence per setting that is not as wanted
   */
  public record Result(String topic, Status status, List<String> differences) {}

  /**
   * Makes sure that topics exist.
   *
   * @param partitions of each new topic
   * @param replication of each new topic; -1 for the broker's default
   * @return one result per topic, in the order given
   * @throws KafkaException when the cluster does not answer or refuses
   */
  public static List<Result> ensure(
      Admin admin, Collection<Topic<?, ?>> topics, int partitions, short replication) {
    Set<String> present = await(admin.listTopics().names());
    List<Topic<?, ?>> existing = new ArrayList<>();
    Map<String, Result> results = new LinkedHashMap<>();
    for (Topic<?, ?> topic : topics) {
      boolean created = !present.contains(topic.name());
      if (created && create(admin, topic, partitions, replication)) {
        results.put(topic.name(), new Result(topic.name(), Status.CREATED, List.of()));
      } else {
        results.put(topic.name(), null);
        existing.add(topic);
      }
    }
    compare(admin, existing, partitions, results);
    return List.copyOf(results.values());
  }

  /**
   * Waits until the broker knows all of {@code names} and every partition of them answers: a
   * producer that comes before that may have its first batches refused and sees them out of order.
   *
   * @throws KafkaException when the cluster does not answer or refuses
   */
  public static void awaitReady(Admin admin, Collection<String> names) {
    try {
      while (!await(admin.listTopics().names()).containsAll(names)) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while topics were created", e);
    }
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    await(admin.describeTopics(names).allTopicNames())
        .forEach(
            (name, topic) ->
                topic
                    .partitions()
                    .forEach(
                        p ->
                            ends.put(
                                new TopicPartition(name, p.partition()), OffsetSpec.latest())));
    await(admin.listOffsets(ends).all());
  }

  private static boolean create(Admin admin, Topic<?, ?> topic, int partitions, short replication) {
    var wanted = new NewTopic(topic.name(), partitions, replication).configs(topic.config());
    try {
      await(admin.createTopics(List.of(wanted)).all());
      return true;
    } catch (TopicExistsException e) {
      return false;
    }
  }

  private static void compare(
      Admin admin, List<Topic<?, ?>> topics, int partitions, Map<String, Result> results) {
    List<String> names = topics.stream().<String>map(Topic::name).toList();
    Map<String, TopicDescription> descriptions = await(admin.describeTopics(names).allTopicNames());
    Map<ConfigResource, Config> configs =
        await(admin.describeConfigs(names.stream().map(TopicProvisioner::resource).toList()).all());
    for (Topic<?, ?> topic : topics) {
      List<String> differences = new ArrayList<>();
      int actual = descriptions.get(topic.name()).partitions().size();
      if (actual != partitions) {
        differences.add("partitions is " + actual + ", wanted " + partitions);
      }
      Config config = configs.get(resource(topic.name()));
      topic.config().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(wanted -> compare(config, wanted, differences));
      Status status = differences.isEmpty() ? Status.PRESENT : Status.DIFFERENT;
      results.put(topic.name(), new Result(topic.name(), status, List.copyOf(differences)));
    }
  }

  private static void compare(
      Config config, Map.Entry<String, String> wanted, List<String> differences) {
    ConfigEntry entry = config.get(wanted.getKey());
    String actual = entry == null ? "not set" : entry.value();
    if (!wanted.getValue().equals(actual)) {
      differences.add(wanted.getKey() + " is " + actual + ", wanted " + wanted.getValue());
    }
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  private static <T> T await(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException failure) {
        throw failure;
      }
      throw new KafkaException("the cluster did not answer", e.getCause());
    }
  }
}
