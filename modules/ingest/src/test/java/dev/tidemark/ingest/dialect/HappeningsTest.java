package dev.tidemark.ingest.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.dialect.Normalizer;
import dev.tidemark.core.otlp.OtlpLog;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.EventType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Evaluations and feedback, as events of spans and as log records; made by hand. */
class HappeningsTest {
  private static final Map<String, Object> RESULT =
      Map.of(
          "gen_ai.evaluation.name", "task_success",
          "gen_ai.evaluation.score.value", 0.25,
          "gen_ai.evaluation.score.label", "Fail",
          "gen_ai.evaluation.explanation", "the agent told ada@example.org a secret");

  private static List<AgentEvent> told(String trace, String name, Map<String, Object> attributes) {
    OtlpLog log =
        new OtlpLog(
            Map.of("service.name", "svc", "service.version", "9"),
            null,
            null,
            trace,
            "00f067aa0ba902b7",
            1_790_000_000_000_000_000L,
            name,
            "a body nobody reads",
            attributes);
    return Normalizer.standard().normalize(log).events();
  }

  @Test
  void shouldReadTheResultOfAnEvaluationFromALogRecord() {
    AgentEvent event = told(Told.TRACE, "gen_ai.evaluation.result", RESULT).get(0);

    assertThat(event.getType()).isEqualTo(EventType.EVALUATION);
    assertThat(event.getName()).isEqualTo("task_success");
    assertThat(event.getScore()).isEqualTo(0.25);
    assertThat(event.getPassed()).isFalse();
    assertThat(event.getAgentVersion()).isEqualTo("9");
    assertThat(event.toString()).doesNotContain("secret", "ada@", "nobody reads");
  }

  /** Redelivered, it is the same event. */
  @Test
  void shouldGiveTheSameEventTheSameId() {
    assertThat(told(Told.TRACE, "gen_ai.evaluation.result", RESULT))
        .isEqualTo(told(Told.TRACE, "gen_ai.evaluation.result", RESULT));
  }

  @Test
  void shouldLetTheEvaluationDecideWhetherTheRunSucceeded() {
    Meaning meaning =
        Told.meaning(
            Told.span(0, "gen_ai.operation.name", "invoke_agent")
                .event("gen_ai.evaluation.result", RESULT));

    assertThat(meaning.run().getSucceeded()).isFalse();
    assertThat(meaning.run().getScores()).containsEntry("task_success", 0.25);
  }

  /** The SDK's client sent the request again, below what the SDK tells as one call. */
  @Test
  void shouldTellARetryOfTheTransportAndCountNoAttempt() {
    Meaning meaning =
        Told.meaning(
            Told.span(0, "gen_ai.operation.name", "chat", "gen_ai.request.model", "m"),
            Told.span(1, "http.request.method", "POST", "http.request.resend_count", 1L).inside(0),
            Told.span(2, "http.request.method", "POST", "http.request.resend_count", 2L).inside(0),
            Told.span(3, "http.request.method", "POST", "http.request.resend_count", 0L).inside(0));
    assertThat(meaning.events()).hasSize(2);
    assertThat(meaning.events())
        .allSatisfy(event -> assertThat(event.getType()).isEqualTo(EventType.RETRY))
        .allSatisfy(event -> assertThat(event.getLabel()).isEqualTo("transport"));
    assertThat(meaning.run().getModelCalls()).isEqualTo(1);
    assertThat(meaning.run().getModelRetries()).isEqualTo(2);
  }

  @Test
  void shouldNotTakeARequestOfAToolSentAgainForARetryOfTheModel() {
    Meaning meaning =
        Told.meaning(
            Told.span(0, "gen_ai.operation.name", "execute_tool", "gen_ai.tool.name", "t"),
            Told.span(1, "http.request.resend_count", 1L).inside(0));
    assertThat(meaning.run().getModelRetries()).isZero();
    assertThat(meaning.run().getRetries()).isZero();
    assertThat(meaning.run().getToolCalls()).isEqualTo(1);
  }

  @Test
  void shouldTellFeedbackFromEvaluation() {
    assertThat(told(Told.TRACE, "gen_ai.user.feedback", Map.of("score", 1.0, "label", "thumbs_up")))
        .singleElement()
        .satisfies(event -> assertThat(event.getType()).isEqualTo(EventType.FEEDBACK))
        .satisfies(event -> assertThat(event.getPassed()).isTrue());
  }

  @Test
  void shouldLetGoWhatSaysNothingOrBelongsNowhere() {
    assertThat(told(Told.TRACE, null, Map.of("log.level", "info"))).isEmpty();
    assertThat(told(Told.TRACE, "gen_ai.client.inference.operation.details", RESULT)).isEmpty();
    assertThat(told("", "gen_ai.evaluation.result", RESULT)).isEmpty();
  }
}
