package dev.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OtlpReceiverTest {
  private final List<AgentSpan> published = new ArrayList<>();
  private boolean down;
  private OtlpReceiver receiver;

  @BeforeEach
  void start() throws IOException {
    receiver =
        OtlpReceiver.start(
            0,
            new SpanOutlet() {
              @Override
              public void publish(List<AgentSpan> spans) throws Unavailable {
                if (down) {
                  throw new Unavailable("Kafka is away; try again", null);
                }
                published.addAll(spans);
              }

              @Override
              public void close() {}
            });
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  private HttpResponse<String> post(byte[] body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(receiver.address()).POST(BodyPublishers.ofByteArray(body));
    request.headers(headers);
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(byte[] body) throws Exception {
    return post(body, "Content-Type", "application/json");
  }

  private static byte[] capture() throws IOException {
    try (InputStream in =
        OtlpReceiverTest.class.getResourceAsStream("/captures/vercel-ai-sdk-6.0.326.json")) {
      return in.readAllBytes();
    }
  }

  private static byte[] span(String traceId) {
    return ("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\""
            + traceId
            + "\",\"spanId\":\"00f067aa0ba902b7\",\"name\":\"execute_tool search\","
            + "\"startTimeUnixNano\":\"1790000000000000000\",\"endTimeUnixNano\":1790000001500000000,"
            + "\"attributes\":[{\"key\":\"gen_ai.operation.name\",\"value\":{\"stringValue\":"
            + "\"execute_tool\"}},{\"key\":\"gen_ai.tool.name\",\"value\":{\"stringValue\":"
            + "\"search\"}}],\"status\":{\"code\":2}}]}]}]}")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** A real body of the Vercel AI SDK: a failed tool call and its retry under another call id. */
  @Test
  void shouldUnderstandARealCaptureOfTheVercelAiSdk() throws Exception {
    assertThat(post(capture()).statusCode()).isEqualTo(200);

    List<AgentSpan> tools = published.stream().filter(s -> s.getKind() == SpanKind.TOOL).toList();
    assertThat(tools).extracting(AgentSpan::getToolName).contains("getWeather");
    assertThat(tools).filteredOn(s -> s.getOutcome() == Outcome.TOOL_ERROR).hasSize(1);
    assertThat(tools).allSatisfy(s -> assertThat(s.getConversationId()).isEqualTo("conv-42"));
    assertThat(tools).allSatisfy(s -> assertThat(s.getAgentVersion()).isEqualTo("1.4.2"));
    assertThat(published).filteredOn(s -> s.getKind() == SpanKind.RUN).isNotEmpty();
    assertThat(published)
        .filteredOn(s -> s.getKind() == SpanKind.LLM)
        .allSatisfy(s -> assertThat(s.getInputTokens()).isPositive());
  }

  @Test
  void shouldKeepContentOutOfRecords() throws Exception {
    post(capture());

    assertThat(published.toString())
        .doesNotContain("4111")
        .doesNotContain("Paris")
        .doesNotContain("upstream 503");
  }

  @Test
  void shouldUnderstandAGenAiToolSpanWrittenByHand() throws Exception {
    post(span("4bf92f3577b34da6a3ce929d0e0e4736"));

    AgentSpan span = published.get(0);
    assertThat(span.getKind()).isEqualTo(SpanKind.TOOL);
    assertThat(span.getOutcome()).isEqualTo(Outcome.TOOL_ERROR);
    assertThat(span.getDurationUs()).isEqualTo(1_500_000L);
  }

  @Test
  void shouldAcceptGzip() throws Exception {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(capture());
    }
    HttpResponse<String> response =
        post(zipped.toByteArray(), "Content-Type", "application/json", "Content-Encoding", "gzip");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(published).isNotEmpty();
  }

  @Test
  void shouldSayHowManySpansWereRefusedAndWhy() throws Exception {
    HttpResponse<String> response = post(span("0".repeat(32)));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("\"rejectedSpans\":\"1\"").contains("traceId");
    assertThat(published).isEmpty();
  }

  @Test
  void shouldRefuseWhatIsNoRequest() throws Exception {
    assertThat(post("not json".getBytes(StandardCharsets.UTF_8)).statusCode()).isEqualTo(400);
    assertThat(post("[]".getBytes(StandardCharsets.UTF_8)).statusCode()).isEqualTo(400);
    assertThat(post(new byte[] {1}, "Content-Type", "text/plain").statusCode()).isEqualTo(415);
    assertThat(
            post(new byte[] {1}, "Content-Type", "application/json", "Content-Encoding", "br")
                .statusCode())
        .isEqualTo(415);
    assertThat(
            post(new byte[] {1}, "Content-Type", "application/json", "Content-Encoding", "gzip")
                .statusCode())
        .isBetween(400, 499);
  }

  /** 64 MiB of zeros in 64 kB: refused after the limit, not after the end. */
  @Test
  void shouldRefuseABombAfterTheLimit() throws Exception {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      for (int i = 0; i < 64; i++) {
        out.write(new byte[1024 * 1024]);
      }
    }
    HttpResponse<String> response =
        post(zipped.toByteArray(), "Content-Type", "application/json", "Content-Encoding", "gzip");

    assertThat(response.statusCode()).isEqualTo(413);
  }

  @Test
  void shouldAskToTryAgainWhenKafkaIsAway() throws Exception {
    down = true;
    HttpResponse<String> response = post(span("4bf92f3577b34da6a3ce929d0e0e4736"));

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).contains("5");
  }
}
