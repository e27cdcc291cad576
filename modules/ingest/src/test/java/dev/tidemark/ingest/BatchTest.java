package dev.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.ingest.otlp.OtlpJson;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From a recorded body to records. */
class BatchTest {
  private static Batch capture() throws IOException {
    try (InputStream in =
        BatchTest.class.getResourceAsStream("/captures/vercel-ai-sdk-6.0.326.json")) {
      return Batch.ofSpans(OtlpJson.traces(in), "acme");
    }
  }

  /** A real body of the Vercel AI SDK: a failed tool call and its retry under another call id. */
  @Test
  void shouldUnderstandARealCaptureOfTheVercelAiSdk() throws IOException {
    Batch batch = capture();

    List<AgentSpan> tools =
        batch.spans().stream().filter(s -> s.getKind() == SpanKind.TOOL).toList();
    assertThat(tools).extracting(AgentSpan::getToolName).contains("getWeather");
    assertThat(tools).filteredOn(s -> s.getOutcome() == Outcome.TOOL_ERROR).hasSize(1);
    assertThat(tools).allSatisfy(s -> assertThat(s.getConversationId()).isEqualTo("conv-42"));
    assertThat(batch.spans()).allSatisfy(s -> assertThat(s.getTenant()).isEqualTo("acme"));
    assertThat(batch.rejected()).isZero();
  }

  @Test
  void shouldKeepContentOutOfRecords() throws IOException {
    assertThat(capture().spans().toString())
        .doesNotContain("4111")
        .doesNotContain("Paris")
        .doesNotContain("upstream 503");
  }
}
