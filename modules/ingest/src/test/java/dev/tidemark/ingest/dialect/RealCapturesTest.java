package dev.tidemark.ingest.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.otlp.OtlpSpan;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.SpanKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What real clients sent, and what it must come to; the scripts that drove them say what it was.
 */
class RealCapturesTest {
  /**
   * A weather call that failed and was called again by the model under another id; a booking that
   * waited for approval, asked four times in a second request; a stream.
   */
  @Test
  void shouldUnderstandTheVercelAiSdk() {
    List<String> runs = Meaning.of(Captures.of("vercel-ai-sdk-6.0.326.pb")).lines();

    assertThat(runs)
        .containsExactly(
            "travel-agent 1.4.2 conv-42 OK silently"
                + " | calls 2 errors 1 retries 1 recovered 1 denied 0 rejected 0"
                + " | models 3 in 403 out 58 cached 0 reasoning 0",
            "travel-agent 1.4.2 conv-42 OK"
                + " | calls 1 errors 0 retries 0 recovered 0 denied 0 rejected 0"
                + " | models 4 in 700 out 72 cached 0 reasoning 0",
            "stream-fn 1.4.2 null OK"
                + " | calls 0 errors 0 retries 0 recovered 0 denied 0 rejected 0"
                + " | models 1 in 10 out 2 cached 0 reasoning 0");
  }

  /** Middleware tried a failed call again; the model never knew. Ids are on successes only. */
  @Test
  void shouldUnderstandLangChainThroughOpenInference() {
    assertThat(Meaning.of(Captures.of("langchain-1.5.14.pb")).lines())
        .containsExactly(
            "weather-agent 2.0.0 thread-77 OK silently"
                + " | calls 3 errors 1 retries 1 recovered 1 denied 0 rejected 0"
                + " | models 3 in 306 out 36 cached 192 reasoning 12");
  }

  /** A failed call repeated; two rejections by a human; two approvals; a tripped guardrail. */
  @Test
  void shouldUnderstandOpenAiAgentsThroughOpenInference() {
    assertThat(Meaning.of(Captures.of("openai-agents-0.20.0.pb")).lines())
        .containsExactly(
            "oa-agents-svc 5.0.1 null OK silently"
                + " | calls 2 errors 1 retries 1 recovered 1 denied 0 rejected 0"
                + " | models 3 in 306 out 36 cached 192 reasoning 12",
            "oa-agents-svc 5.0.1 null OK"
                + " | calls 2 errors 0 retries 0 recovered 0 denied 0 rejected 2"
                + " | models 3 in 315 out 36 cached 192 reasoning 12",
            "oa-agents-svc 5.0.1 null OK"
                + " | calls 2 errors 0 retries 0 recovered 0 denied 0 rejected 0"
                + " | models 3 in 324 out 36 cached 192 reasoning 12",
            "oa-agents-svc 5.0.1 null OK"
                + " | calls 0 errors 0 retries 0 recovered 0 denied 1 rejected 0"
                + " | models 0 in 0 out 0 cached 0 reasoning 0");
  }

  /**
   * A tool that fails never ends its span there: two calls are all that can be known. The last
   * model call is a stream, whose tokens it does not tell; cached tokens it never tells.
   */
  @Test
  void shouldUnderstandTraceloop() {
    assertThat(Meaning.of(Captures.traceloop()).lines())
        .containsExactly(
            "support_flow 3 sess-9 OK"
                + " | calls 2 errors 0 retries 0 recovered 0 denied 0 rejected 0"
                + " | models 4 in 306 out 36 cached 0 reasoning 0");
  }

  @Test
  void shouldReadTheSameFromJsonAsFromProtobuf() {
    // Recorded apart: the stand-in for the model had counted on.
    assertThat(
            Meaning.of(Captures.of("langchain-1.5.14.json")).lines().get(0).replace("315", "306"))
        .isEqualTo(Meaning.of(Captures.of("langchain-1.5.14.pb")).lines().get(0));
    assertThat(Meaning.of(Captures.of("vercel-ai-sdk-6.0.326.json")).lines())
        .isEqualTo(Meaning.of(Captures.of("vercel-ai-sdk-6.0.326.pb")).lines());
  }

  /** Children come before their parents, and batches in any order. */
  @Test
  void shouldComeToTheSameInAnyOrder() {
    List<OtlpSpan> spans = new ArrayList<>(Captures.of("openai-agents-0.20.0.pb"));
    spans.addAll(Captures.of("langchain-1.5.14.pb"));
    List<AgentRun> first = runs(spans);
    Random random = new Random(5);
    for (int i = 0; i < 10; i++) {
      Collections.shuffle(spans, random);
      assertThat(runs(spans)).isEqualTo(first);
    }
  }

  private static List<AgentRun> runs(List<OtlpSpan> spans) {
    List<AgentRun> runs = Meaning.of(spans).runs();
    runs.forEach(run -> run.setSpanOffsets(List.of()));
    return runs;
  }

  @Test
  void shouldKeepTheTreeOfSpansItDoesNotKnow() {
    List<AgentSpan> spans = Meaning.of(Captures.of("vercel-ai-sdk-6.0.326.pb")).spans();

    assertThat(spans).hasSize(19);
    assertThat(spans)
        .filteredOn(span -> span.getName().startsWith("POST"))
        .hasSize(2)
        .allSatisfy(span -> assertThat(span.getKind()).isEqualTo(SpanKind.STEP))
        .allSatisfy(span -> assertThat(span.getDialect()).isEqualTo("otel"));
  }

  /** Prompts, answers, arguments, results and messages of exceptions are all in there. */
  @Test
  void shouldLeaveEverythingThatWasSaidBehind() {
    List<OtlpSpan> told = new ArrayList<>(Captures.of("vercel-ai-sdk-6.0.326.pb"));
    told.addAll(Captures.of("langchain-1.5.14.pb", "openai-agents-0.20.0.pb"));
    told.addAll(Captures.traceloop());

    String records = Meaning.of(told).toString();

    assertThat(told.toString())
        .contains("4111111111111111", "Paris", "upstream 503", "over budget");
    assertThat(records)
        .doesNotContain("4111", "Paris", "upstream", "over budget", "refund-limit", "21C", "u-7");
  }
}
