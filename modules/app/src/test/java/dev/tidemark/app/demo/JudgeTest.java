package dev.tidemark.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.demo.Expectation.Kind;
import dev.tidemark.core.detect.Findability;
import dev.tidemark.fleet.Truth;
import dev.tidemark.records.Alert;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private final Judge judge =
      new Judge(drift -> new Findability(drift.trialsAfter() > 50, 9, 10, 50, 20));

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

    assertThat(judgement.unclear()).containsExactly(greyAlert);
    assertThat(judgement.unsaid()).containsExactly(unsaid);
    assertThat(judgement.good()).isTrue();
  }

  @Test
  void shouldNameDriftsThatNoDetectorWatches() {
    var drift = expectation("*", "any_tool_fail", Set.of(), Kind.DRIFT, 100);

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

  @Test
  void shouldJudgeTheUseOfAToolByItsName() {
    var drift = said("calls_per_run", "send", Kind.DRIFT);
    var other = Alerts.about("read", agent(Signal.TOOL_USE, Direction.UP));
    var its = Alerts.about("send", agent(Signal.TOOL_USE, Direction.UP));

    assertThat(judge.judge("p", List.of(drift), false, List.of(other, its)).found())
        .containsEntry(drift, its);
    assertThat(judge.judge("p", List.of(drift), false, List.of(other)).unsaid())
        .containsExactly(other);
  }

  @Test
  void shouldJudgeQuantitiesOfRunsAndModels() {
    var steps = said("tool_calls_per_run", null, Kind.SAME);
    var latency = said("llm_latency_geomean_ms", null, Kind.DRIFT);
    var longer = agent(Signal.STEPS, Direction.UP);
    var slower =
        Alerts.alert(Alerts.series(SubjectKind.MODEL, "gpt", "v2"), Signal.LATENCY, Direction.UP);
    var tools = agent(Signal.LATENCY, Direction.UP);

    Judgement judgement =
        judge.judge("p", List.of(steps, latency), false, List.of(longer, slower, tools));

    assertThat(judgement.wrong()).containsExactly(longer);
    assertThat(judgement.found()).containsEntry(latency, slower);
    assertThat(judgement.unsaid()).containsExactly(tools);
  }

  @Test
  void shouldLetTheNarrowerWordCountWhenTwoConcernAnAlert() {
    var denials = Alerts.tool("send", Signal.DENIAL_RATE, Direction.UP);
    var failed = said("fail_rate", "send", Kind.SAME);

    assertThat(
            judge
                .judge(
                    "p",
                    List.of(failed, said("denied_rate", "send", Kind.AMBIGUOUS)),
                    false,
                    List.of(denials))
                .wrong())
        .isEmpty();
    assertThat(judge.judge("p", List.of(failed), false, List.of(denials)).wrong())
        .containsExactly(denials);
  }

  @Test
  void shouldNotJudgeFactsEvenWhenBothVersionsAreTheSame() {
    var loop = Alerts.limit("5 identical calls in a run", agent(Signal.LIVE_LOOP, Direction.UP));

    Judgement judgement = judge.judge("p", List.of(), true, List.of(loop));

    assertThat(judgement.facts()).containsExactly(loop);
    assertThat(judgement.good()).isTrue();
  }

  private static Alert agent(Signal signal, Direction direction) {
    return Alerts.alert(Alerts.series(SubjectKind.AGENT, "bank", "v2"), signal, direction);
  }

  private static Expectation said(String metric, String tool, Kind kind) {
    var truth = new Truth.Metric("run", tool, metric, 0.0, 0.8, 100, 100, 5.0);
    return new Expectation(
        tool == null ? "*" : tool, metric, Sign.of(truth), kind, 0.0, 0.8, 100, 100);
  }

  private static Expectation expectation(
      String tool, String metric, Set<Signal> signals, Kind kind, long trials) {
    var sign = Sign.calls(tool, signals.toArray(Signal[]::new));
    return new Expectation(tool, metric, sign, kind, 0.0, 0.8, trials, trials);
  }
}
