package dev.tidemark.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.demo.Expectation.Kind;
import dev.tidemark.core.detect.Findability;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Signal;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  void shouldNameEverySignal() {
    for (Signal signal : Signal.values()) {
      assertThat(AlertSentence.signal(signal)).isNotBlank().isLowerCase();
    }
  }

  @Test
  void shouldTellTheNeededCallsInTheVerdict() {
    var drift =
        new Expectation(
            "send", "retry_rate", Set.of(Signal.RETRY_RATE), Kind.DRIFT, 0.01, 0.05, 70, 80);

    List<String> lines =
        VerdictText.lines(
            List.of(
                new Judgement(
                    "bank: v1 -> v2",
                    Map.of(),
                    Map.of(drift, new Findability(false, 3, 12, 900, 40)),
                    Map.of(),
                    List.of(),
                    List.of(),
                    List.of())));

    assertThat(lines)
        .contains(
            "    not findable  send retry_rate 1.0% -> 5.0%: needs about 900 calls, there are 80")
        .last()
        .isEqualTo("Verdict: good. 0 drifts found, 0 missed, 0 false.");
  }

  @Test
  void shouldTellTheNeededHistoryWhenNoNumberOfNewCallsWouldDo() {
    var drift =
        new Expectation(
            "send", "retry_rate", Set.of(Signal.RETRY_RATE), Kind.DRIFT, 0.4, 0.0, 56, 63);
    var needs = new Findability(false, 3, 12, Findability.NEVER, 70);

    List<String> lines =
        VerdictText.lines(
            List.of(
                new Judgement(
                    "p",
                    Map.of(),
                    Map.of(drift, needs),
                    Map.of(),
                    List.of(),
                    List.of(),
                    List.of())));

    assertThat(lines)
        .contains(
            "    not findable  send retry_rate 40.0% -> 0.0%:"
                + " needs a history of about 70 calls, there are 56");
  }

  @Test
  void shouldSayThatTheVerdictIsNotGood() {
    var alert = Alerts.tool("send", Signal.RETRY_RATE, Direction.UP);

    List<String> lines =
        VerdictText.lines(
            List.of(
                new Judgement(
                    "same twice",
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    List.of(alert),
                    List.of(),
                    List.of())));

    assertThat(lines).contains("    FALSE         send retry rate 0.0% -> 75.0%");
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
