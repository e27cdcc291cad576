package dev.tidemark.app.host;

import dev.tidemark.app.Failure;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.TopicProvisioner;
import dev.tidemark.wire.Topics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/** Compares the topics that should be with those that are, and creates the missing ones. */
public final class Provisioning {
  private final Admin admin;
  private final List<Topic<?, ?>> wanted;
  private final int partitions;
  private final short replication;

  /**
   * @param admin stays the caller's
   * @param partitions partitions of a new topic
   * @param replication replicas of a new topic; -1 for the broker's default
   */
  public Provisioning(Admin admin, List<Topic<?, ?>> wanted, int partitions, int replication) {
    if (partitions < 1 || partitions > 10_000) {
      throw Failure.usage("--partitions must be 1 to 10000");
    }
    if (replication != -1 && (replication < 1 || replication > 100)) {
      throw Failure.usage("--replication-factor must be -1 (broker's default) or 1 to 100");
    }
    this.admin = admin;
    this.wanted = List.copyOf(wanted);
    this.partitions = partitions;
    this.replication = (short) replication;
  }

  /**
   * All topics of a deployment.
   *
   * @param players spans and events carry the simulated arrival of a player
   */
  public static List<Topic<?, ?>> topics(Topics topics, boolean players) {
    var all = new ArrayList<Topic<?, ?>>(topics.all());
    if (players) {
      all.replaceAll(topic -> topic.stampedBy(Topic.Clock.PRODUCER));
    }
    return all;
  }

  /** One line per topic: what would be done. Changes nothing. */
  public List<TopicState> plan() throws ExecutionException, InterruptedException {
    Set<String> present = admin.listTopics().names().get();
    List<String> known = wanted.stream().map(Topic::name).filter(present::contains).toList();
    Map<String, TopicDescription> descriptions = admin.describeTopics(known).allTopicNames().get();
    Map<String, Config> configs = configs(known);
    var states = new ArrayList<TopicState>();
    for (Topic<?, ?> topic : wanted) {
      TopicDescription description = descriptions.get(topic.name());
      if (description == null) {
        states.add(TopicState.missing(topic, partitions));
      } else {
        states.add(
            TopicState.present(
                topic,
                description.partitions().size(),
                differences(topic, configs.get(topic.name()))));
      }
    }
    return states;
  }

  /**
   * Creates what is missing and nothing else: an existing topic is never changed. Returns when
   * every partition answers.
   */
  public void createMissing() throws ExecutionException, InterruptedException {
    List<NewTopic> missing =
        plan().stream()
            .filter(state -> !state.exists())
            .map(
                state ->
                    new NewTopic(state.topic().name(), partitions, replication)
                        .configs(state.topic().config()))
            .toList();
    try {
      admin.createTopics(missing).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
    TopicProvisioner.awaitReady(admin, wanted.stream().map(Topic::name).toList());
  }

  private Map<String, Config> configs(List<String> names)
      throws ExecutionException, InterruptedException {
    List<ConfigResource> resources =
        names.stream().map(n -> new ConfigResource(ConfigResource.Type.TOPIC, n)).toList();
    return admin.describeConfigs(resources).all().get().entrySet().stream()
        .collect(Collectors.toMap(e -> e.getKey().name(), Map.Entry::getValue));
  }

  private static Map<String, String> differences(Topic<?, ?> topic, Config config) {
    var differences = new LinkedHashMap<String, String>();
    topic
        .config()
        .forEach(
            (key, value) -> {
              String actual = config.get(key) == null ? "unset" : config.get(key).value();
              if (!value.equals(actual)) {
                differences.put(key, actual + " instead of " + value);
              }
            });
    return differences;
  }
}
