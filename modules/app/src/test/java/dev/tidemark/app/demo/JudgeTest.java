package dev.tidemark.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.demo.Expectation.Kind;
import dev.tidemark.core.detect.Findability;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private final Judge judge =
      new Judge(
          Set.of(Signal.DENIAL_RATE, Signal.RETRY_RATE, Signal.ERROR_RATE),
          drift -> new Findability(drift.trialsAfter() > 50, 9, 10, 50, 20));

  @Test
  void shouldCountDriftWithItsAlertAsFound() {
    var drift = expectation("send", "denied_rate", Set.of(Signal.DENIAL_RATE), Kind.DRIFT, 100);
    var alert = Alerts.tool("send", Signal.DENIAL_RATE, Direction.UP);

    Judgement judgement = judge.judge("p", List.of(drift), false, List.of(alert));

    assertThat(judgement.found()).containsEntry(drift, alert);
    assertThat(judgement.good()).isTrue();
  }

  @Test
  void shouldAcceptAnyOfTheSignalsThatTellTheMetric() {
    var drift =
        expectation(
            "send", "fail_rate", Set.of(Signal.ERROR_RATE, Signal.DENIAL_RATE), Kind.DRIFT, 100);

    Judgement judgement =
        judge.judge(
            "p",
            List.of(drift),
            false,
            List.of(Alerts.tool("send", Signal.DENIAL_RATE, Direction.UP)));

    assertThat(judgement.found()).containsKey(drift);
  }

  @Test
  void shouldCallDriftMissedWhenThereWereEnoughCalls() {
    var drift = expectation("send", "denied_rate", Set.of(Signal.DENIAL_RATE), Kind.DRIFT, 51);

    Judgement judgement = judge.judge("p", List.of(drift), false, List.of());

    assertThat(judgement.missed()).containsOnlyKeys(drift);
    assertThat(judgement.good()).isFalse();
  }

  @Test
  void shouldTellTheNeededCallsWhenThereWereTooFew() {
    var drift = expectation("send", "denied_rate", Set.of(Signal.DENIAL_RATE), Kind.DRIFT, 49);

    Judgement judgement = judge.judge("p", List.of(drift), false, List.of());

    assertThat(judgement.notFindable().get(drift).neededCalls()).isEqualTo(50);
    assertThat(judgement.good()).isTrue();
  }

  @Test
  void shouldNotAcceptAnAlertOfTheOtherDirection() {
    var drift = expectation("send", "denied_rate", Set.of(Signal.DENIAL_RATE), Kind.DRIFT, 100);

    Judgement judgement =
        judge.judge(
            "p",
            List.of(drift),
            false,
            List.of(Alerts.tool("send", Signal.DENIAL_RATE, Direction.DOWN)));

    assertThat(judgement.missed()).containsOnlyKeys(drift);
  }

  @Test
  void shouldCallAlertFalseWhereTheDataSayNothingMoved() {
    var same = expectation("send", "retry_rate", Set.of(Signal.RETRY_RATE), Kind.SAME, 100);
    var alert = Alerts.tool("send", Signal.RETRY_RATE, Direction.UP);

    Judgement judgement = judge.judge("p", List.of(same), false, List.of(alert));

    assertThat(judgement.wrong()).containsExactly(alert);
    assertThat(judgement.good()).isFalse();
  }

  @Test
  void shouldCallEveryAlertFalseWhenBothVersionsAreTheSame() {
    var alert = Alerts.tool("other", Signal.ERROR_RATE, Direction.UP);

    assertThat(judge.judge("p", List.of(), true, List.of(alert)).wrong()).containsExactly(alert);
  }

  @Test
  void shouldNotJudgeAlertsInTheGreyZoneOrWithoutWord() {
    var grey = expectation("send", "retry_rate", Set.of(Signal.RETRY_RATE), Kind.AMBIGUOUS, 100);
    var greyAlert = Alerts.tool("send", Signal.RETRY_RATE, Direction.UP);
    var unsaid = Alerts.tool("read", Signal.RETRY_RATE, Direction.UP);

    Judgement judgement = judge.judge("p", List.of(grey), false, List.of(greyAlert, unsaid));

    assertThat(judgement.notJudged()).containsExactly(greyAlert, unsaid);
    assertThat(judgement.good()).isTrue();
  }

  @Test
  void shouldNameDriftsThatNoDetectorWatches() {
    var drift = expectation("*", "calls_per_run", Set.of(), Kind.DRIFT, 100);

    assertThat(judge.judge("p", List.of(drift), false, List.of()).notWatched())
        .containsExactly(drift);
  }

  @Test
  void shouldTakeTheAgentsAlertForAllTools() {
    var drift = expectation("*", "denied_rate", Set.of(Signal.DENIAL_RATE), Kind.DRIFT, 100);
    var agent =
        Alerts.alert(
            Alerts.series(SubjectKind.AGENT, "bank", "v2"), Signal.DENIAL_RATE, Direction.UP);

    assertThat(judge.judge("p", List.of(drift), false, List.of(agent)).found()).containsKey(drift);
  }

  private static Expectation expectation(
      String tool, String metric, Set<Signal> signals, Kind kind, long trials) {
    return new Expectation(tool, metric, signals, kind, 0.0, 0.8, trials, trials);
  }
}
