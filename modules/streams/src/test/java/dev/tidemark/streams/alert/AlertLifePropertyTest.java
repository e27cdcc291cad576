package dev.tidemark.streams.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.Alert;
import dev.tidemark.records.AlertStatus;
import dev.tidemark.records.CloseReason;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Finding;
import dev.tidemark.records.FindingAction;
import dev.tidemark.records.RateEvidence;
import dev.tidemark.records.Signal;
import dev.tidemark.streams.detect.GuardedTool;
import dev.tidemark.testkit.TopologyHarness;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.StateStores;
import dev.tidemark.wire.Topics;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever findings come, told twice, lost or out of place, every key has one life at a time: its
 * numbers rise, its statuses follow one another as they may, and what has ended stays ended.
 */
class AlertLifePropertyTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final Set<AlertStatus> OPEN = EnumSet.of(AlertStatus.FIRING, AlertStatus.UPDATED);
  private static final Set<AlertStatus> ENDED =
      EnumSet.of(
          AlertStatus.RESOLVED, AlertStatus.EXPIRED, AlertStatus.SUPERSEDED, AlertStatus.ACCEPTED);
  private static final List<CloseReason> REASONS =
      List.of(
          CloseReason.RESOLVED, CloseReason.EXPIRED, CloseReason.SUPERSEDED, CloseReason.ACCEPTED);
  private final Topics topics = Topics.plain();
  private final AvroSerdes serdes = TopologyHarness.serdes();
  private final AlertTopology alert = new AlertTopology(AlertConfig.defaults(), topics, serdes);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldLiveOneLifeAtATime(long seed) {
    try (var harness = TopologyHarness.start(alert::build, serdes)) {
      for (Finding finding : findings(new Random(seed), 400)) {
        harness.send(topics.findings(), KEY, finding, finding.getWindowEndMs());
      }
      List<Alert> told =
          harness.read(topics.alertsHistory()).stream().map(TestRecord::value).toList();
      assertThat(told).hasSizeGreaterThan(50);
      assertLegal(told);
      Alert stored = harness.<String, Alert>keyValues(StateStores.ALERTS).get(KEY);
      assertThat(stored).isEqualTo(told.get(told.size() - 1));
    }
  }

  private static void assertLegal(List<Alert> told) {
    Set<String> ended = new HashSet<>();
    Set<String> seen = new HashSet<>();
    Alert before = null;
    for (Alert alert : told) {
      boolean open = OPEN.contains(alert.getStatus());
      assertThat(open || ENDED.contains(alert.getStatus())).as(alert.toString()).isTrue();
      assertThat(alert.getEndsAtMs() == null).isEqualTo(open);
      assertThat(open && ended.contains(alert.getEpisodeId())).as("opened again").isFalse();
      if (before != null) {
        assertThat(alert.getSeq()).isGreaterThan(before.getSeq());
        boolean another = !alert.getEpisodeId().equals(before.getEpisodeId());
        assertThat(another && seen.contains(alert.getEpisodeId())).as("came back").isFalse();
        assertThat(alert.getFlapCount()).isEqualTo(before.getFlapCount() + (another ? 1 : 0));
      }
      assertThat(alert.getEventId()).isEqualTo(alert.getEpisodeId() + "-" + alert.getSeq());
      seen.add(alert.getEpisodeId());
      if (!open) {
        ended.add(alert.getEpisodeId());
      }
      before = alert;
    }
  }

  /** What detect would say, of which some is lost, some comes twice and some comes late. */
  private static List<Finding> findings(Random random, int steps) {
    List<Finding> all = new ArrayList<>();
    long seq = 0;
    long timeMs = GuardedTool.START_MS;
    long episodeMs = 0;
    boolean open = false;
    for (int i = 0; i < steps; i++) {
      timeMs += 15_000;
      FindingAction action = FindingAction.OPEN;
      CloseReason reason = CloseReason.NONE;
      int chance = random.nextInt(10);
      if (chance == 0 && seq > 0) {
        action = FindingAction.NOTE;
      } else if (open && chance < 6) {
        action = FindingAction.UPDATE;
      } else if (open) {
        action = FindingAction.CLOSE;
        reason = REASONS.get(random.nextInt(REASONS.size()));
      }
      episodeMs = action == FindingAction.OPEN ? timeMs : episodeMs;
      open = action == FindingAction.NOTE ? open : action != FindingAction.CLOSE;
      Finding finding = finding(action, reason, ++seq, episodeMs, timeMs);
      if (random.nextInt(8) != 0) {
        all.add(finding);
      }
      if (random.nextInt(8) == 0) {
        all.add(finding);
      }
      if (random.nextInt(12) == 0 && !all.isEmpty()) {
        all.add(all.get(random.nextInt(all.size())));
      }
    }
    return all;
  }

  private static Finding finding(
      FindingAction action, CloseReason reason, long seq, long episodeMs, long timeMs) {
    RateEvidence none = new RateEvidence(0L, 0L, 0.0, 0.0, 0.0, 0.95);
    String episode = KEY + "-" + episodeMs;
    return Finding.newBuilder()
        .setFindingId(episode + "-" + seq)
        .setAlertKey(KEY)
        .setEpisodeId(episode)
        .setSeq(seq)
        .setAction(action)
        .setCloseReason(reason)
        .setSeries(GuardedTool.series("v2"))
        .setSignal(Signal.DENIAL_RATE)
        .setDirection(Direction.UP)
        .setMode(DetectionMode.SELF)
        .setWindowStartMs(timeMs - 15_000)
        .setWindowEndMs(timeMs)
        .setBefore(none)
        .setAfter(none)
        .setRatio(2)
        .setAlternative("odds x2.5")
        .setDetector("test/1")
        .setConfigHash("")
        .setNote(action == FindingAction.NOTE ? "seen" : null)
        .setNotedBy(action == FindingAction.NOTE ? "ann" : null)
        .build();
  }
}
