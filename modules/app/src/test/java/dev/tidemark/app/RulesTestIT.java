package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.rules.RulesFile;
import dev.tidemark.core.detect.AlertKeys;
import dev.tidemark.records.Alert;
import dev.tidemark.records.AlertStatus;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Signal;
import dev.tidemark.streams.alert.AlertTopology;
import dev.tidemark.streams.detect.DetectTopology;
import dev.tidemark.streams.topology.TopologyDefinition;
import dev.tidemark.testkit.TestCluster;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.KafkaStreams;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules tried out say what they said live, and humans get their word in. */
class RulesTestIT {
  private static final String RULES =
      """
      budget: 2
      limits:
        - id: few-denials
          kind: tool
          signal: denial_rate
          above: 50%
          window: 1m
          minimum: 5
          for: 2
          severity: warning
      """;
  private final TestCluster cluster = TestCluster.shared();
  private final String prefix = cluster.uniquePrefix();
  private final Topics topics = Topics.prefixed(prefix);
  private final List<KafkaStreams> running = new ArrayList<>();
  @TempDir private Path directory;
  private Path rules;
  private RecordedWindows windows;

  @BeforeEach
  void start() throws Exception {
    rules = Files.writeString(directory.resolve("rules.yml"), RULES);
    cluster.createTopics(topics, RecordedWindows.PARTITIONS);
    windows = new RecordedWindows(cluster, topics);
    var set = RulesFile.read(rules);
    AvroSerdes serdes = AvroSerdes.of(cluster.clientConfig());
    run(new DetectTopology(set.detect(RecordedWindows.PARTITIONS), topics, serdes));
    run(new AlertTopology(set.alert(), topics, serdes));
  }

  @AfterEach
  void stop() {
    running.forEach(streams -> streams.close(Duration.ofSeconds(20)));
    windows.close();
  }

  @Test
  void shouldPrintWhatTheSameRulesSaidLive() {
    windows.write(0, 160);
    awaitAlerts(6);

    Output output =
        tidemark("rules", "test", "--rules", rules.toString(), "--since", "7d", "-o", "jsonl");

    List<String> live =
        cluster.readAll(topics.findings()).stream()
            .map(found -> AvroJson.of(found.value()).toString())
            .sorted()
            .toList();
    assertThat(output.exitCode()).as(output.err()).isZero();
    assertThat(output.out().lines().sorted().toList()).isEqualTo(live).hasSizeGreaterThan(5);
    assertThat(output.err()).contains("would open").contains("over 480 windows");
  }

  @Test
  void shouldShowAlertsTakeNotesAndRefuseWhatCannotBeAccepted() {
    windows.write(0, 120);
    awaitAlerts(6);
    Alert limit =
        alerts().values().stream().filter(a -> a.getLimit() != null).findFirst().orElseThrow();
    String key = limit.getAlertKey();

    Output shown = tidemark("alerts", "show", key.substring(0, 12));
    assertThat(shown.out().lines().findFirst()).contains(limit.getSummary());
    assertThat(shown.out()).contains("A limit you set: no statistics claimed.");

    Output accepted = tidemark("alerts", "accept", key, "--by", "ann", "--note", "as meant");
    assertThat(accepted.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(accepted.err()).contains("change rule few-denials");

    Output unknown = tidemark("alerts", "show", "zzz");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(unknown.err()).contains("there is no alert 'zzz'");

    String at = Instant.ofEpochMilli(RecordedWindows.endMs(121)).toString();
    Output noted = tidemark("alerts", "note", key, "--by", "ann", "--note", "ticket 7", "--at", at);
    assertThat(noted.exitCode()).as(noted.err()).isZero();
    windows.write(120, 130);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> "ticket 7".equals(alerts().get(key).getNote()));
    Alert after = alerts().get(key);
    assertThat(after.getNotedBy()).isEqualTo("ann");
    assertThat(after.getStatus()).isIn(AlertStatus.FIRING, AlertStatus.UPDATED);
    assertThat(tidemark("alerts").out()).contains(key.substring(0, 8));
  }

  @Test
  void shouldTakeAnAcceptedLevelAsTheBaselineAndTellTheNextChange() {
    windows.write(0, 120);
    awaitAlerts(6);
    Alert drift =
        alerts().values().stream()
            .filter(a -> a.getLimit() == null && a.getSignal() == Signal.DENIAL_RATE)
            .filter(a -> a.getSeries().getSubjectName().equals("send"))
            .findFirst()
            .orElseThrow();
    String key = drift.getAlertKey();
    assertThat(drift.getStatus()).isIn(AlertStatus.FIRING, AlertStatus.UPDATED);

    String at = Instant.ofEpochMilli(RecordedWindows.endMs(121) - 1_000).toString();
    Output accepted =
        tidemark("alerts", "accept", key, "--by", "ann", "--note", "a new guard", "--at", at);
    assertThat(accepted.exitCode()).as(accepted.err()).isZero();
    windows.write(120, 240);
    windows.write(240, 260, 0);

    String down = AlertKeys.of(drift.getSeries(), Signal.DENIAL_RATE, Direction.DOWN);
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> alerts().containsKey(down) && alerts().get(key).getEndsAtMs() != null);
    List<Alert> life =
        cluster.readAll(topics.alertsHistory()).stream()
            .filter(found -> found.key().equals(key))
            .map(ConsumerRecord::value)
            .toList();
    assertThat(life).filteredOn(a -> a.getStatus() == AlertStatus.FIRING).hasSize(1);
    Alert last = life.get(life.size() - 1);
    assertThat(last.getStatus()).isEqualTo(AlertStatus.ACCEPTED);
    assertThat(last.getEndsAtMs()).isEqualTo(RecordedWindows.endMs(121));
    assertThat(last.getNotedBy()).isEqualTo("ann");
    assertThat(last.getNote()).isEqualTo("a new guard");
    Alert next = alerts().get(down);
    assertThat(next.getStatus()).isIn(AlertStatus.FIRING, AlertStatus.UPDATED);
    assertThat(next.getBefore().getRate()).isBetween(0.7, 0.9);
    assertThat(next.getStartsAtMs()).isGreaterThan(RecordedWindows.endMs(240));
  }

  private void awaitAlerts(int keys) {
    Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> alerts().size() >= keys);
    Awaitility.await()
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(60))
        .until(() -> alerts().size() >= keys);
  }

  private Map<String, Alert> alerts() {
    Map<String, Alert> last = new HashMap<>();
    cluster.readAll(topics.alerts()).forEach(found -> last.put(found.key(), found.value()));
    return last;
  }

  private Output tidemark(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(
        List.of(
            "-b",
            cluster.bootstrapServers(),
            "-r",
            cluster.registryUrl(),
            "--topic-prefix",
            prefix));
    return Output.of(all.toArray(String[]::new));
  }

  private void run(TopologyDefinition topology) {
    Properties properties = new Properties();
    properties.putAll(cluster.clientConfig());
    properties.put("application.id", prefix + "-" + topology.name());
    properties.put("state.dir", directory.resolve(topology.name()).toString());
    properties.put("processing.guarantee", "exactly_once_v2");
    properties.put("commit.interval.ms", 100);
    var streams = new KafkaStreams(topology.build(), properties);
    running.add(streams);
    streams.start();
  }
}
