package dev.tidemark.testkit;

import static dev.tidemark.testkit.Spans.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.Actor;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Counted by hand, so that the oracle itself has one. */
class RunCountsTest {
  private static final AgentSpan ROOT = Spans.run("r", "root").endMs(T0 + 9_000).build();

  @Test
  void shouldCountACleanRun() {
    assertThat(counts(call("a", 1).build(), call("b", 2).build()))
        .isEqualTo(new RunCounts(2, 0, 0, 0, 0, true, false));
  }

  @Test
  void shouldSeeRetriesAfterFailureAndDenial() {
    assertThat(
            counts(
                call("a", 1).failed("http_500").arguments("x").build(),
                call("b", 2).denied("limit").arguments("x").build(),
                call("c", 3).arguments("y").build()))
        .isEqualTo(new RunCounts(3, 2, 1, 2, 1, true, true));
  }

  @Test
  void shouldNotTakeAnotherToolOrActorOrSuccessForARetry() {
    assertThat(
            counts(
                call("a", 1).failed("e").build(),
                Spans.tool("r", "b", "book").endMs(T0 + 2_000).build(),
                call("c", 3).build(),
                call("d", 4).build()))
        .extracting(RunCounts::retries)
        .isEqualTo(0);
    assertThat(counts(call("a", 1).failed("e").build(), call("b", 2).actor(Actor.USER).build()))
        .extracting(RunCounts::retries)
        .isEqualTo(0);
  }

  @Test
  void shouldNotTakeACallThatBeganBeforeForARetry() {
    assertThat(counts(call("a", 1).failed("e").build(), call("b", 2).lasting(1_500L).build()))
        .extracting(RunCounts::retries)
        .isEqualTo(0);
  }

  @Test
  void shouldBelieveWhatTheAgentDeclares() {
    assertThat(
            counts(
                call("a", 1).failed("e").build(),
                call("b", 2).attempt(1).build(),
                call("c", 3).attempt(2).build(),
                call("d", 4).retryOf("c").build()))
        .extracting(RunCounts::retries)
        .isEqualTo(2);
  }

  @Test
  void shouldLinkByCallIdUnlessAHumanWasAwaited() {
    assertThat(counts(call("a", 1).callId("1").build(), call("b", 2).callId("1").build()))
        .extracting(RunCounts::retries)
        .isEqualTo(1);
    assertThat(
            counts(
                call("a", 1).callId("1").outcome(Outcome.AWAITING_HUMAN).build(),
                call("b", 2).callId("1").build()))
        .extracting(RunCounts::retries)
        .isEqualTo(0);
  }

  @Test
  void shouldLetTheEvaluationDecideSuccess() {
    List<AgentSpan> spans = List.of(ROOT, call("a", 1).failed("e").build());
    assertThat(RunCounts.of(spans, List.of()).silentRecovery()).isTrue();
    var failed = List.of(Events.taskSuccess("r", "e", false).build());
    assertThat(RunCounts.of(spans, failed).silentRecovery()).isFalse();
  }

  @Test
  void shouldNotDependOnOrderOrDuplicates() {
    var spans = new ArrayList<>(List.of(ROOT));
    for (int i = 0; i < 8; i++) {
      var call = call("s" + i, i).arguments(Integer.toString(i % 3));
      spans.add((i % 2 == 0 ? call.failed("e") : call).build());
    }
    RunCounts expected = RunCounts.of(spans, List.of());
    spans.addAll(List.copyOf(spans));
    var random = new Random(7);
    for (int i = 0; i < 50; i++) {
      Collections.shuffle(spans, random);
      assertThat(RunCounts.of(spans, List.of())).isEqualTo(expected);
    }
  }

  private static RunCounts counts(AgentSpan... calls) {
    var spans = new ArrayList<>(List.of(calls));
    spans.add(ROOT);
    return RunCounts.of(spans, List.of());
  }

  private static Spans call(String id, int second) {
    return Spans.tool("r", id, "search").endMs(T0 + second * 1_000L);
  }
}
