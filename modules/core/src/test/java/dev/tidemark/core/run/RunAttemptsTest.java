package dev.tidemark.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.Actor;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.RetryOrigin;
import dev.tidemark.records.SpanKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunAttemptsTest {
  @Test
  void shouldNumberAttemptsWithinTheirOperation() {
    Map<String, RunAttempts.Place> places =
        RunAttempts.of(
            List.of(
                call("c", 30, "search", Outcome.OK, null),
                call("a", 10, "search", Outcome.TOOL_ERROR, null),
                call("b", 20, "search", Outcome.TIMEOUT, null),
                call("d", 40, "book", Outcome.OK, null)));

    assertThat(places)
        .containsEntry("a", new RunAttempts.Place(1, 3, RetryOrigin.NONE))
        .containsEntry("b", new RunAttempts.Place(2, 3, RetryOrigin.INFERRED_REPAIR))
        .containsEntry("c", new RunAttempts.Place(3, 3, RetryOrigin.INFERRED_REPAIR))
        .containsEntry("d", new RunAttempts.Place(1, 1, RetryOrigin.NONE));
  }

  @Test
  void shouldBelieveADeclaredNumber() {
    assertThat(RunAttempts.of(List.of(call("a", 10, "search", Outcome.OK, 3))))
        .containsEntry("a", new RunAttempts.Place(3, 3, RetryOrigin.DECLARED));
  }

  @Test
  void shouldLeaveOutWhatIsNoAttempt() {
    AgentSpan step = call("a", 10, "search", Outcome.OK, null);
    step.setKind(SpanKind.STEP);

    assertThat(RunAttempts.of(List.of(step))).isEmpty();
  }

  private static AgentSpan call(
      String id, long endMs, String tool, Outcome outcome, Integer attempt) {
    return AgentSpan.newBuilder()
        .setTraceId("t")
        .setSpanId(id)
        .setKind(SpanKind.TOOL)
        .setName(tool)
        .setToolName(tool)
        .setActor(Actor.AGENT)
        .setEndMs(endMs)
        .setOutcome(outcome)
        .setAttempt(attempt)
        .build();
  }
}
