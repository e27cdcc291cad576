package dev.tidemark.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.demo.Expectation.Kind;
import dev.tidemark.core.detect.Findability;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Signal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the demo says. */
class WordsTest {
  @Test
  void shouldSayAnAlertInOneSentenceWithThreeRuns() {
    String sentence = AlertSentence.of(Alerts.tool("send", Signal.DENIAL_RATE, Direction.UP));

    assertThat(sentence)
        .isEqualTo(
            "send: denial rate went 0.0% -> 75.0% with version v2"
                + " (124 calls before, 40 after); runs aa, bb, cc");
  }

  @Test
  void shouldNameTheEvaluationThatMoved() {
    var alert = Alerts.about("polite", Alerts.tool("send", Signal.EVALUATION_RATE, Direction.UP));

    assertThat(AlertSentence.of(alert)).startsWith("send: evaluation pass rate polite went 0.0%");
  }

  @Test
  void shouldSayWhatIsNoPlainRateInTheWordsOfItsTitle() {
    var use = Alerts.tool("send", Signal.TOOL_USE, Direction.UP);
    var loop = Alerts.limit("5 calls", Alerts.tool("send", Signal.LIVE_LOOP, Direction.UP));

    assertThat(AlertSentence.of(use)).isEqualTo("title; runs aa, bb, cc");
    assertThat(AlertSentence.of(loop)).isEqualTo("title; runs aa, bb, cc");
  }

  @Test
  void shouldSayOnceWhatWasToldOften() {
    var loop = Alerts.tool("send", Signal.LIVE_LOOP, Direction.UP);
    var judgement = new Judgement("p");
    judgement.facts().addAll(List.of(loop, loop, loop));

    assertThat(VerdictText.lines(List.of(judgement)))
        .containsOnlyOnce("    a fact            title, 3x");
  }

  @Test
  void shouldNameEverySignal() {
    for (Signal signal : Signal.values()) {
      assertThat(AlertSentence.signal(signal)).isNotBlank().isLowerCase();
    }
  }

  @Test
  void shouldTellTheNeededCallsInTheVerdict() {
    var drift =
        new Expectation(
            "send",
            "retry_rate",
            Sign.calls("send", Signal.RETRY_RATE),
            Kind.DRIFT,
            0.01,
            0.05,
            70,
            80);

    var judgement = new Judgement("bank: v1 -> v2");
    judgement.notFindable().put(drift, new Findability(false, 3, 12, 900, 40));

    List<String> lines = VerdictText.lines(List.of(judgement));

    assertThat(lines)
        .contains(
            "    not findable      send retry_rate 1.0% -> 5.0%: needs about 900 calls, there are"
                + " 80")
        .last()
        .isEqualTo("Verdict: good. 0 drifts found, 0 missed, 0 false.");
  }

  @Test
  void shouldTellTheNeededHistoryWhenNoNumberOfNewCallsWouldDo() {
    var drift =
        new Expectation(
            "send",
            "retry_rate",
            Sign.calls("send", Signal.RETRY_RATE),
            Kind.DRIFT,
            0.4,
            0.0,
            56,
            63);
    var needs = new Findability(false, 3, 12, Findability.NEVER, 70);

    var judgement = new Judgement("p");
    judgement.notFindable().put(drift, needs);

    List<String> lines = VerdictText.lines(List.of(judgement));

    assertThat(lines)
        .contains(
            "    not findable      send retry_rate 40.0% -> 0.0%:"
                + " needs a history of about 70 calls, there are 56");
  }

  @Test
  void shouldSayThatTheVerdictIsNotGood() {
    var alert = Alerts.tool("send", Signal.RETRY_RATE, Direction.UP);

    var judgement = new Judgement("same twice");
    judgement.wrong().add(alert);

    List<String> lines = VerdictText.lines(List.of(judgement));

    assertThat(lines).contains("    FALSE             title");
    assertThat(lines).last().asString().startsWith("Verdict: not good.");
  }

  @Test
  void shouldShowProgressWithRate() {
    assertThat(ProgressBar.line("banking", 120, 240, 3_400.0))
        .isEqualTo("[############------------]  50%  120 of 240 runs, 3,400 records/s  banking");
  }

  @Test
  void shouldSurviveAnEmptyPlan() {
    assertThat(ProgressBar.line("", 0, 0, Double.NaN)).contains("100%");
  }
}
