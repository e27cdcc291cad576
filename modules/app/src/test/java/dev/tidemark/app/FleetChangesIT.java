package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.capture.CaptureConfig;
import dev.tidemark.capture.KafkaSpanPublisher;
import dev.tidemark.capture.Overflow;
import dev.tidemark.fleet.FleetPlan;
import dev.tidemark.fleet.FleetPlayer;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.Finding;
import dev.tidemark.records.FindingAction;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.streams.detect.DetectConfig;
import dev.tidemark.streams.detect.DetectTopology;
import dev.tidemark.streams.observe.ObserveConfig;
import dev.tidemark.streams.observe.ObserveConfig.ArrivalClock;
import dev.tidemark.streams.observe.ObserveTopology;
import dev.tidemark.streams.topology.TopologyDefinition;
import dev.tidemark.testkit.TestCluster;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Partitioning;
import dev.tidemark.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.KafkaStreams;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A guard is rolled out in a recorded fleet, and the alert of the whole fleet names it, although
 * the fleet's windows stand in another partition than those of what was rolled out.
 */
class FleetChangesIT {
  private static final int PARTITIONS = 5;
  private static final String GUARDED = "gpt-4o-2024-05-13-transformers_pi_detector";
  private final TestCluster cluster = TestCluster.shared();
  private final String prefix = cluster.uniquePrefix();
  private final Topics topics = Topics.prefixed(prefix);
  private final AvroSerdes serdes = AvroSerdes.of(cluster.clientConfig());
  @TempDir private Path state;

  @Test
  void shouldNameInTheFleetWhatAnAgentRolledOut() {
    cluster.createTopics(topics, PARTITIONS);
    ObserveConfig observe =
        ObserveConfig.of(PARTITIONS, PARTITIONS).withClock(ArrivalClock.PRODUCER);
    DetectConfig detect = DetectConfig.of(PARTITIONS);
    try (var one = run(new ObserveTopology(observe, topics, serdes));
        var two = run(new DetectTopology(detect, topics, serdes))) {
      play();
      Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> !opened().isEmpty());

      assertThat(opened())
          .allSatisfy(
              finding ->
                  assertThat(finding.getChanges())
                      .isNotEmpty()
                      .first()
                      .satisfies(change -> assertThat(change.getVersion()).isEqualTo(GUARDED))
                      .satisfies(
                          change ->
                              assertThat(change.getTimeMs())
                                  .isLessThanOrEqualTo(finding.getChangeHighMs())));
      assertThat(one.state().isRunningOrRebalancing() && two.state().isRunningOrRebalancing())
          .isTrue();
    }
    List<ConsumerRecord<String, ChangeEvent>> ofFleet = changes(SubjectKind.FLEET);
    assertThat(ofFleet).extracting(ConsumerRecord::key).doesNotHaveDuplicates().isNotEmpty();
    assertThat(ofFleet).allMatch(found -> found.partition() == ofFleet(found.value()));
    assertThat(changes(SubjectKind.AGENT))
        .isNotEmpty()
        .allMatch(found -> found.partition() != ofFleet(found.value()));
  }

  private List<ConsumerRecord<String, ChangeEvent>> changes(SubjectKind kind) {
    return cluster.readAll(topics.changes()).stream()
        .filter(found -> kind.name().equals(found.value().getSubjectKind()))
        .toList();
  }

  private static int ofFleet(ChangeEvent change) {
    return Partitioning.subject(
        change.getTenant(), change.getEnvironment(), SubjectKind.FLEET.name(), "*", PARTITIONS);
  }

  /** Openings of the denial rate of the fleet. */
  private List<Finding> opened() {
    return cluster.readAll(topics.findings()).stream()
        .map(ConsumerRecord::value)
        .filter(finding -> finding.getSeries().getSubjectKind() == SubjectKind.FLEET)
        .filter(finding -> finding.getSignal() == Signal.DENIAL_RATE)
        .filter(finding -> finding.getAction() == FindingAction.OPEN)
        .toList();
  }

  private void play() {
    Map<String, Object> client = new HashMap<>(cluster.clientConfig());
    CaptureConfig config = CaptureConfig.of(client).topics(topics).overflow(Overflow.WAIT);
    try (var publisher = KafkaSpanPublisher.open(config)) {
      FleetPlan plan =
          FleetPlan.change("agentdojo", "banking", "gpt-4o-2024-05-13", GUARDED, 1)
              .speed(FleetPlan.MAX_SPEED);
      FleetPlayer.shipped().play(plan, publisher, progress -> {});
      assertThat(publisher.flush(Duration.ofSeconds(60))).isTrue();
    }
  }

  private KafkaStreams run(TopologyDefinition topology) {
    Properties properties = new Properties();
    properties.putAll(cluster.clientConfig());
    properties.put("application.id", prefix + "-" + topology.name());
    properties.put("state.dir", state.resolve(topology.name()).toString());
    properties.put("processing.guarantee", "exactly_once_v2");
    properties.put("commit.interval.ms", 200);
    var streams = new KafkaStreams(topology.build(), properties);
    streams.start();
    return streams;
  }
}
