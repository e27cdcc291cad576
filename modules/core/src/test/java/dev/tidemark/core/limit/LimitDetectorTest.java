package dev.tidemark.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.detect.AlertKeys;
import dev.tidemark.records.AlertDecision;
import dev.tidemark.records.DecisionAction;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Finding;
import dev.tidemark.records.FindingAction;
import dev.tidemark.records.Severity;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitDetectorTest {
  @Test
  void shouldOpenOnlyAfterSoManyJudgementsInARow() {
    LimitWindows played = LimitWindows.of(LimitWindows.errorsAbove(0.1, 4));
    played.play(4, 10, 2).play(4, 10, 0).play(7, 10, 2);
    assertThat(played.actions()).isEmpty();
    played.play(1, 10, 2);
    assertThat(played.actions()).containsExactly("OPEN");
    Finding open = played.findings.get(0);
    assertThat(open.getChangeMs()).isEqualTo(LimitWindows.START + 8 * LimitWindows.MS);
    assertThat(open.getWindowEndMs()).isEqualTo(LimitWindows.START + 16 * LimitWindows.MS);
    assertThat(open.getAfter().getX()).isEqualTo(8);
    assertThat(open.getAfter().getN()).isEqualTo(40);
  }

  @Test
  void shouldClaimNoStatistics() {
    Finding open = LimitWindows.of(LimitWindows.errorsAbove(0.1, 1)).play(2, 10, 2).findings.get(0);
    assertThat(open.getMode()).isEqualTo(DetectionMode.LIMIT);
    assertThat(open.getDetector()).isEqualTo("limit/1");
    assertThat(open.getBudgetPerDay()).isZero();
    assertThat(open.getShare()).isZero();
    assertThat(open.getGamma()).isZero();
    assertThat(open.getBefore().getN()).isZero();
    assertThat(open.getSeverity()).isEqualTo(Severity.WARNING);
    assertThat(open.getLimit())
        .isEqualTo("error rate above 10 % over 15 s, 2 times in a row (rule the-rule)");
    assertThat(LimitText.summary(open))
        .isEqualTo(
            "Error rate of tool search (agent teller v1) passed a limit you set, since 00:00:00"
                + " UTC: 20 % (2 of 10); the limit is "
                + open.getLimit()
                + ".");
  }

  @Test
  void shouldKeepTheKeySchemeWithTheRuleAsItem() {
    Finding open = LimitWindows.of(LimitWindows.errorsAbove(0.1, 1)).play(2, 10, 2).findings.get(0);
    String key = AlertKeys.of(LimitWindows.SEARCH, Signal.ERROR_RATE, Direction.UP, "the-rule");
    assertThat(open.getAlertKey()).isEqualTo(key);
    assertThat(open.getEpisodeId()).isEqualTo(key + "-" + open.getWindowEndMs());
    assertThat(open.getFindingId()).isEqualTo(open.getEpisodeId() + "-1");
  }

  @Test
  void shouldResolveAndBeginAnotherEpisode() {
    LimitWindows played = LimitWindows.of(LimitWindows.errorsAbove(0.1, 1));
    played.play(2, 10, 2).play(2, 10, 0).play(2, 10, 2);
    assertThat(played.actions()).containsExactly("OPEN", "CLOSE RESOLVED", "OPEN");
    assertThat(played.findings).extracting(Finding::getSeq).containsExactly(1L, 2L, 3L);
    assertThat(played.findings.get(2).getEpisodeId())
        .isNotEqualTo(played.findings.get(0).getEpisodeId());
  }

  /** Four calls are fewer than the five that are needed: they neither count nor interrupt. */
  @Test
  void shouldPassOverFramesWithTooLittleInThem() {
    LimitWindows played = LimitWindows.of(LimitWindows.errorsAbove(0.1, 1));
    played.play(1, 10, 2).play(3, 4, 4);
    assertThat(played.actions()).isEmpty();
    played.play(1, 10, 2);
    assertThat(played.actions()).containsExactly("OPEN");
  }

  @Test
  void shouldTellAgainWhenItIsTwiceAsBadAfterAWhile() {
    LimitWindows played = LimitWindows.of(LimitWindows.errorsAbove(0.1, 1));
    played.play(2, 10, 2).play(10, 10, 9);
    assertThat(played.actions()).containsExactly("OPEN");
    played.play(52, 10, 9);
    assertThat(played.actions()).containsExactly("OPEN", "UPDATE");
  }

  @Test
  void shouldJudgeQuantilesOfMergedWindows() {
    Reading p90 = new Reading(Signal.LATENCY, Measure.QUANTILE, 0.9, "");
    LimitWindows played = LimitWindows.of(LimitWindows.rule(p90, Direction.UP, 2_000_000, 4));
    played.playDurations(8, 100_000, 200_000, 300_000, 1_900_000);
    assertThat(played.actions()).isEmpty();
    played.playDurations(8, 100_000, 200_000, 300_000, 2_500_000);
    Finding open = played.findings.get(0);
    assertThat(open.getAfterQuantity().getUnit()).isEqualTo("us");
    assertThat(open.getAfterQuantity().getN()).isEqualTo(16);
    assertThat(open.getAfterQuantity().getP90()).isBetween(2_480_000.0, 2_520_000.0);
    assertThat(open.getAfterQuantity().getMean()).isEqualTo(775_000.0);
    assertThat(open.getAlternative()).isEqualTo("p90 2.51 s of 16 values");
    assertThat(open.getLimit()).startsWith("p90 of latency above 2 s over 1 min");
  }

  @Test
  void shouldTakeSilenceForZeroWhereThingsAreCounted() {
    Reading calls = new Reading(Signal.VOLUME, Measure.CALLS, 0, "");
    LimitWindows played = LimitWindows.of(LimitWindows.rule(calls, Direction.DOWN, 10, 4));
    played.play(8, 10, 0).silence(8);
    assertThat(played.actions()).containsExactly("OPEN");
    assertThat(played.findings.get(0).getAlternative()).isEqualTo("0 calls");
  }

  /** The minute in which a series appears is not a minute of it. */
  @Test
  void shouldNotCountTheFrameInWhichASeriesBegan() {
    Reading calls = new Reading(Signal.VOLUME, Measure.CALLS, 0, "");
    LimitWindows played = LimitWindows.of(LimitWindows.rule(calls, Direction.DOWN, 30, 4));
    played.at = 2;
    played.play(2, 10, 0).play(4, 5, 0);
    assertThat(played.actions()).isEmpty();
    played.play(4, 5, 0);
    assertThat(played.actions()).containsExactly("OPEN");
  }

  @Test
  void shouldExpireWhenNothingMoreIsHeard() {
    LimitWindows played = LimitWindows.of(LimitWindows.errorsAbove(0.1, 1));
    played.play(2, 10, 2).silence(6 * 240 + 5);
    assertThat(played.actions()).containsExactly("OPEN", "CLOSE EXPIRED");
    assertThat(played.findings.get(1).getWindowEndMs())
        .isEqualTo(LimitWindows.START + 2 * LimitWindows.MS + Duration.ofHours(6).toMillis());
    played.play(2, 10, 2);
    assertThat(played.findings.get(2).getSeq()).isEqualTo(3);
  }

  /** An edited rule goes on with the open episode, a removed one ends it. */
  @Test
  void shouldEndWhatARemovedRuleLeftOpen() {
    LimitWindows played = LimitWindows.of(LimitWindows.errorsAbove(0.1, 1)).play(2, 10, 2);
    LimitRule edited = LimitWindows.errorsAbove(0.05, 2);
    var then =
        new LimitWindows(new LimitDetector(LimitWindows.settings(List.of(edited), List.of())));
    then.store.putAll(played.store);
    then.at = played.at;
    then.play(4, 10, 0);
    assertThat(then.actions()).containsExactly("CLOSE RESOLVED");
    var without = new LimitWindows(new LimitDetector(LimitSettings.NONE));
    without.store.putAll(played.store);
    without.at = played.at;
    without.silence(3);
    assertThat(without.actions()).containsExactly("CLOSE SUPERSEDED");
    assertThat(without.findings.get(0).getEpisodeId())
        .isEqualTo(played.findings.get(0).getEpisodeId());
  }

  @Test
  void shouldTellANoteBehindItsTime() {
    LimitWindows played = LimitWindows.of(LimitWindows.errorsAbove(0.1, 1)).play(2, 10, 2);
    Finding open = played.findings.get(0);
    AlertDecision note =
        AlertDecision.newBuilder()
            .setDecisionId("d1")
            .setAlertKey(open.getAlertKey())
            .setAction(DecisionAction.NOTE)
            .setSeries(open.getSeries())
            .setSignal(open.getSignal())
            .setDirection(open.getDirection())
            .setActor("ann")
            .setTimeMs(played.now() + 1)
            .setNote("known, ticket 7")
            .build();
    played.detector.decide(note, played);
    played.detector.decide(note, played);
    played.play(1, 10, 2);
    assertThat(played.actions()).containsExactly("OPEN", "NOTE");
    Finding told = played.findings.get(1);
    assertThat(told.getNote()).isEqualTo("known, ticket 7");
    assertThat(told.getNotedBy()).isEqualTo("ann");
    assertThat(told.getEpisodeId()).isEqualTo(open.getEpisodeId());
    assertThat(told.getSeq()).isEqualTo(2);
  }

  @Test
  void shouldLeaveOutRevisionsRepeatsAndOtherSeries() {
    LimitWindows played = LimitWindows.of(LimitWindows.errorsAbove(0.1, 1)).play(1, 10, 2);
    WindowRecord again = LimitWindows.window(LimitWindows.START, 10, 2);
    played.observe(again);
    WindowRecord revised = LimitWindows.window(played.now(), 10, 2);
    revised.setRevision(1);
    played.observe(revised);
    WindowRecord other = LimitWindows.window(played.now(), 10, 10);
    other.setSeries(
        dev.tidemark.records.SeriesKey.newBuilder(LimitWindows.SEARCH)
            .setSubjectName("send")
            .build());
    played.observe(other);
    assertThat(played.actions()).isEmpty();
  }

  /** What is in the heap must not matter: a detector remembers nothing between two calls. */
  @Test
  void shouldSayTheSameWhenEveryStepIsANewDetector() {
    LimitSettings settings =
        LimitWindows.settings(
            List.of(LimitWindows.errorsAbove(0.1, 3)),
            List.of(SloDetectorTest.slo(SubjectKind.TOOL)));
    var once = new LimitWindows(new LimitDetector(settings));
    var pieces = new LimitWindows(null);
    List<Finding> told = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      long errors = i % 50 > 30 ? 4 : 0;
      once.play(1, 10, errors).silence(i % 7 == 0 ? 2 : 0);
      var piece = new LimitWindows(new LimitDetector(settings));
      piece.store.putAll(pieces.store);
      piece.at = pieces.at;
      piece.play(1, 10, errors).silence(i % 7 == 0 ? 2 : 0);
      told.addAll(piece.findings);
      pieces.store.putAll(piece.store);
      pieces.at = piece.at;
    }
    assertThat(told).isEqualTo(once.findings).hasSizeGreaterThan(4);
    assertThat(told).extracting(Finding::getAction).contains(FindingAction.CLOSE);
  }
}
