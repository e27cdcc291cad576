package dev.tidemark.streams.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.limit.LimitRule;
import dev.tidemark.core.limit.LimitSettings;
import dev.tidemark.core.limit.Reading;
import dev.tidemark.core.limit.Scope;
import dev.tidemark.core.limit.SloRule;
import dev.tidemark.records.Alert;
import dev.tidemark.records.AlertDecision;
import dev.tidemark.records.AlertStatus;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.ChangeKind;
import dev.tidemark.records.ChangeSource;
import dev.tidemark.records.DecisionAction;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Finding;
import dev.tidemark.records.Severity;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowKey;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.streams.alert.AlertConfig;
import dev.tidemark.streams.alert.AlertTopology;
import dev.tidemark.streams.detect.DetectConfig;
import dev.tidemark.streams.detect.DetectTopology;
import dev.tidemark.testkit.Spans;
import dev.tidemark.testkit.TopologyHarness;
import dev.tidemark.testkit.oracle.LogEntry;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Partitioning;
import dev.tidemark.wire.Ticks;
import dev.tidemark.wire.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Spans with their arrivals to alerts, through observe, detect and alert: in whatever order the
 * partitions are read, whoever beats and dies when, every state of every alert has the same bytes.
 */
class ChainPermutationTest {
  private static final int SOURCES = 3;
  private static final int SUBJECTS = 2;
  private static final int ORDERS = 2;
  private static final int DEATHS_PER_MILLE = 60;
  private static final long NOTICE_MS = 120_000;
  private final Topics topics = Topics.plain();
  private final AvroSerdes serdes = TopologyHarness.serdes();
  private final ObserveConfig observe =
      ObserveConfig.of(SOURCES, SUBJECTS).withClock(ObserveConfig.ArrivalClock.PRODUCER);

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void shouldTellTheSameAlertsInWhateverOrderSpansAreRead(long seed) {
    assertSameAlerts(DriftingLog.of(seed, SOURCES, 0), seed, true);
  }

  /**
   * How much had come late when an alert was told depends on when it was read, and is said in a
   * field of its own; nothing else does.
   */
  @Test
  void shouldDependOnNothingButTheCountOfWhatIsLate() {
    assertSameAlerts(DriftingLog.of(3, SOURCES, 15), 3, false);
  }

  private void assertSameAlerts(List<LogEntry> log, long seed, boolean lateToo) {
    ObserveRig first = ReadingOrder.rig(observe, log, new Random(seed), 0);
    List<AlertDecision> decisions = decisions(alerts(first, List.of()));
    Map<String, List<Alert>> expected = alerts(first, decisions);
    assertThat(statuses(expected))
        .contains(AlertStatus.FIRING, AlertStatus.ACCEPTED, AlertStatus.EXPIRED)
        .contains(AlertStatus.SUPERSEDED);
    assertThat(expected).hasSizeGreaterThan(10);
    assertThat(expected.values())
        .anyMatch(told -> told.stream().anyMatch(a -> a.getNote() != null))
        .anyMatch(told -> "slo-burn/1".equals(told.get(0).getDetector()))
        .anyMatch(told -> "limit/1".equals(told.get(0).getDetector()))
        .anyMatch(told -> told.get(0).getSignal() == Signal.LATENCY);
    for (int order = 1; order <= ORDERS; order++) {
      Random random = new Random(seed * 100 + order);
      ObserveRig rig = ReadingOrder.rig(observe, log, random, order == 1 ? 0 : DEATHS_PER_MILLE);
      for (int partition = 0; partition < SUBJECTS; partition++) {
        assertThat(order(rig, partition)).isEqualTo(order(first, partition));
        assertThat(changes(rig, partition)).isEqualTo(changes(first, partition));
      }
      Map<String, List<Alert>> told = alerts(rig, decisions);
      assertThat(differences(expected, told, lateToo)).as("order %d", order).isEmpty();
    }
  }

  /** Series and bounds as they were told, without what was told again. */
  private static List<String> order(ObserveRig rig, int partition) {
    return rig.told(partition).stream()
        .filter(out -> out.sink().equals(ObserveTopology.WINDOWS_SINK))
        .map(out -> rig.window((byte[]) out.value()))
        .filter(window -> window.getRevision() == 0)
        .map(window -> window.getWindowEndMs() + " " + window.getSeries())
        .toList();
  }

  private static List<Object> changes(ObserveRig rig, int partition) {
    return rig.told(partition).stream()
        .filter(out -> out.sink().equals(ObserveTopology.CHANGES_SINK))
        .map(RigTask.Out::value)
        .toList();
  }

  private Map<String, List<Alert>> alerts(ObserveRig rig, List<AlertDecision> decisions) {
    Map<String, List<Alert>> byKey = new TreeMap<>();
    var alert = new AlertTopology(AlertConfig.defaults(), topics, serdes);
    try (var harness = TopologyHarness.start(alert::build, serdes)) {
      for (int partition = 0; partition < SUBJECTS; partition++) {
        for (Finding finding : findings(rig, partition, decisions)) {
          harness.send(topics.findings(), finding.getAlertKey(), finding, finding.getWindowEndMs());
        }
      }
      for (TestRecord<String, Alert> told : harness.read(topics.alertsHistory())) {
        byKey.computeIfAbsent(told.key(), k -> new ArrayList<>()).add(told.value());
      }
    }
    return byKey;
  }

  /** What detect says in a partition, where decisions and a declared change are read by stamp. */
  private List<Finding> findings(ObserveRig rig, int partition, List<AlertDecision> decisions) {
    List<AlertDecision> waiting = new ArrayList<>(decisions);
    waiting.removeIf(d -> Partitioning.subject(d.getSeries(), SUBJECTS) != partition);
    var detect = new DetectTopology(config(), topics, serdes);
    try (var harness = TopologyHarness.start(detect::build, serdes)) {
      ChangeEvent declared = declared();
      harness.send(topics.changes(), "declared", declared, declared.getTimeMs());
      for (RigTask.Out out : rig.told(partition)) {
        while (!waiting.isEmpty() && waiting.get(0).getTimeMs() < out.timeMs()) {
          AlertDecision next = waiting.remove(0);
          harness.send(topics.decisions(), next.getDecisionId(), next, next.getTimeMs());
        }
        send(rig, out, harness);
      }
      return harness.read(topics.findings()).stream().map(TestRecord::value).toList();
    }
  }

  private void send(ObserveRig rig, RigTask.Out out, TopologyHarness harness) {
    switch (out.sink()) {
      case ObserveTopology.WINDOWS_SINK -> {
        WindowRecord window = rig.window((byte[]) out.value());
        WindowKey key = new WindowKey(window.getSeries(), window.getWindowStartMs());
        harness.send(topics.windows(), key, window, out.timeMs());
      }
      case ObserveTopology.TICKS_SINK ->
          harness.send(
              topics.windows(),
              new TestRecord<>(
                  null, null, Ticks.headers(out.timeMs()), Instant.ofEpochMilli(out.timeMs())));
      default -> {
        ChangeEvent change = (ChangeEvent) out.value();
        harness.send(topics.changes(), change.getChangeId(), change, out.timeMs());
      }
    }
  }

  /** Every third alert that opens is accepted a while later, the others get a note. */
  private static List<AlertDecision> decisions(Map<String, List<Alert>> alerts) {
    List<AlertDecision> decisions = new ArrayList<>();
    for (List<Alert> told : alerts.values()) {
      Alert open = told.get(0);
      boolean accept = decisions.size() % 3 == 0 && open.getLimit() == null;
      decisions.add(
          AlertDecision.newBuilder()
              .setDecisionId("about " + open.getEpisodeId())
              .setAlertKey(open.getAlertKey())
              .setAction(accept ? DecisionAction.ACCEPT : DecisionAction.NOTE)
              .setSeries(open.getSeries())
              .setSignal(open.getSignal())
              .setDirection(open.getDirection())
              .setActor("ann")
              .setTimeMs(open.getStartsAtMs() + NOTICE_MS)
              .setNote("seen")
              .build());
    }
    decisions.sort(Comparator.comparingLong(AlertDecision::getTimeMs));
    return decisions;
  }

  private static ChangeEvent declared() {
    return ChangeEvent.newBuilder()
        .setChangeId("declared")
        .setKind(ChangeKind.PROMPT_VERSION)
        .setName("teller")
        .setVersion("p7")
        .setTimeMs(Spans.T0 + 600_000)
        .setSource(ChangeSource.DECLARED)
        .build();
  }

  private static DetectConfig config() {
    LimitRule denials =
        new LimitRule(
            "few-denials",
            Scope.of(SubjectKind.TOOL, Scope.ANY),
            Reading.rate(Signal.DENIAL_RATE),
            Direction.UP,
            0.4,
            Duration.ofMinutes(1),
            5,
            2,
            Severity.WARNING);
    SloRule success =
        new SloRule(
            "runs-succeed",
            Scope.of(SubjectKind.AGENT, Scope.ANY),
            Reading.rate(Signal.SUCCESS_RATE),
            0.9,
            Duration.ofDays(1),
            List.of(
                new SloRule.Burn(4, Duration.ofMinutes(20), Duration.ofMinutes(5), Severity.ERROR)),
            10);
    return DetectConfig.of(SUBJECTS)
        .with(
            new LimitSettings(
                List.of(denials), List.of(success), Duration.ofHours(6), Duration.ofMinutes(15)));
  }

  private static Set<AlertStatus> statuses(Map<String, List<Alert>> alerts) {
    Set<AlertStatus> statuses = EnumSet.noneOf(AlertStatus.class);
    alerts.values().forEach(told -> told.forEach(alert -> statuses.add(alert.getStatus())));
    return new TreeSet<>(statuses);
  }

  /** What is not the same, field by field. */
  private static List<String> differences(
      Map<String, List<Alert>> ones, Map<String, List<Alert>> others, boolean lateToo) {
    List<String> found = new ArrayList<>();
    TreeSet<String> keys = new TreeSet<>(ones.keySet());
    keys.addAll(others.keySet());
    for (String key : keys) {
      List<Alert> some = ones.getOrDefault(key, List.of());
      List<Alert> more = others.getOrDefault(key, List.of());
      if (some.size() != more.size()) {
        found.add(key + ": told " + some.size() + " / " + more.size() + " times");
      }
      for (int i = 0; i < Math.min(some.size(), more.size()); i++) {
        for (Schema.Field field : Alert.getClassSchema().getFields()) {
          String was = String.valueOf(some.get(i).get(field.pos()));
          String is = String.valueOf(more.get(i).get(field.pos()));
          if (!was.equals(is) && (lateToo || !field.name().equals("lateDropped"))) {
            String about = key + " " + some.get(i).getSignal() + " " + some.get(i).getStatus();
            found.add(about + " " + field.name() + ": " + was + " / " + is);
          }
        }
      }
    }
    return found;
  }
}
