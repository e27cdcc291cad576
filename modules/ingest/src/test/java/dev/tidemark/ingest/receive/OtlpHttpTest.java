package dev.tidemark.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What OTLP/HTTP answers; H rows are those of the bad-input table. */
class OtlpHttpTest {
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Shelf shelf = new Shelf();
  private OtlpReceiver receiver;

  @BeforeEach
  void start() throws IOException {
    receiver =
        OtlpReceiver.start(ReceiverConfig.loopback().with(Limits.DEFAULT.withBody(1 << 20)), shelf);
  }

  @AfterEach
  void stop() {
    receiver.close();
    assertThat(receiver.bytesInFlight()).isZero();
  }

  private HttpResponse<byte[]> post(String path, byte[] body, String... headers) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(receiver.http().resolve(path))
            .POST(BodyPublishers.ofByteArray(body))
            .headers(headers)
            .build(),
        BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> json(byte[] body) throws Exception {
    return post("/v1/traces", body, "Content-Type", JSON);
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @Test
  void shouldPublishWhatJsonSays() throws Exception {
    assertThat(json(Bodies.json(Bodies.jsonSpan(Bodies.TRACE))).statusCode()).isEqualTo(200);

    AgentSpan span = shelf.spans.get(0);
    assertThat(span.getKind()).isEqualTo(SpanKind.TOOL);
    assertThat(span.getOutcome()).isEqualTo(Outcome.TOOL_ERROR);
    assertThat(span.getDurationUs()).isEqualTo(1_500_000L);
    assertThat(span.getTenant()).isEqualTo("default");
    assertThat(receiver.counts().spans()).isEqualTo(1);
  }

  @Test
  void shouldPublishWhatProtobufSaysAndAnswerInProtobuf() throws Exception {
    HttpResponse<byte[]> response =
        post(
            "/v1/traces",
            Bodies.zip(Bodies.request(Bodies.TRACE).toByteArray()),
            "Content-Type",
            PROTOBUF,
            "Content-Encoding",
            "gzip");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains(PROTOBUF);
    assertThat(ExportTraceServiceResponse.parseFrom(response.body()))
        .isEqualTo(ExportTraceServiceResponse.getDefaultInstance());
    assertThat(shelf.spans).extracting(AgentSpan::getToolName).containsExactly("search");
  }

  @Test
  void shouldAcceptChunkedBodies() throws Exception {
    byte[] body = Bodies.json(Bodies.jsonSpan(Bodies.TRACE));
    HttpResponse<byte[]> response =
        CLIENT.send(
            HttpRequest.newBuilder(receiver.http().resolve("/v1/traces"))
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build(),
            BodyHandlers.ofByteArray());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(shelf.spans).hasSize(1);
  }

  @Test
  void shouldAcceptLogs() throws Exception {
    byte[] body = "{\"resourceLogs\":[]}".getBytes(StandardCharsets.UTF_8);

    assertThat(post("/v1/logs", body, "Content-Type", JSON).statusCode()).isEqualTo(200);
    assertThat(post("/v1/logs", new byte[0], "Content-Type", PROTOBUF).statusCode()).isEqualTo(200);
  }

  /** H1. */
  @Test
  void shouldRefuseABodyOverTheLimitAndNameTheSetting() throws Exception {
    HttpResponse<byte[]> declared = json(new byte[(1 << 20) + 1]);
    HttpResponse<byte[]> unpacked =
        post("/v1/traces", Bodies.bomb(2), "Content-Type", PROTOBUF, "Content-Encoding", "gzip");

    assertThat(declared.statusCode()).isEqualTo(413);
    assertThat(text(declared)).contains("1048576 bytes").contains("--otlp-max-body");
    assertThat(unpacked.statusCode()).isEqualTo(413);
    assertThat(unpacked.headers().firstValue("Content-Type")).contains(PROTOBUF);
    assertThat(text(unpacked)).contains("1048576 bytes").contains("--otlp-max-body");
  }

  /** H1: nobody says how long a chunked body is. */
  @Test
  void shouldRefuseAChunkedBodyOverTheLimit() throws Exception {
    HttpResponse<byte[]> response =
        CLIENT.send(
            HttpRequest.newBuilder(receiver.http().resolve("/v1/traces"))
                .header("Content-Type", JSON)
                .POST(
                    BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(new byte[(1 << 20) + 1])))
                .build(),
            BodyHandlers.ofByteArray());

    assertThat(response.statusCode()).isEqualTo(413);
  }

  /** H2: 512 MiB in half a megabyte cost the limit, not what they unpack to. */
  @Test
  void shouldRefuseABombAfterTheLimit() throws Exception {
    HttpResponse<byte[]> response =
        post("/v1/traces", Bodies.bomb(512), "Content-Type", JSON, "Content-Encoding", "gzip");

    assertThat(response.statusCode()).isEqualTo(413);
  }

  /** H3. */
  @Test
  void shouldRefuseAnUnknownEncodingAndListTheKnown() throws Exception {
    HttpResponse<byte[]> response =
        post("/v1/traces", new byte[] {1}, "Content-Type", JSON, "Content-Encoding", "br");

    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(text(response)).contains("gzip").contains("identity");
  }

  /** H4: a mistake of the sender, not of ours. */
  @Test
  void shouldRefuseWhatIsNoGzip() throws Exception {
    byte[] cut = Bodies.zip(Bodies.json(Bodies.jsonSpan(Bodies.TRACE)));
    byte[] half = java.util.Arrays.copyOf(cut, cut.length / 2);
    byte[] wrong = cut.clone();
    wrong[cut.length - 5] ^= 1;

    for (byte[] body : new byte[][] {{1}, {}, half, wrong}) {
      HttpResponse<byte[]> response =
          post("/v1/traces", body, "Content-Type", JSON, "Content-Encoding", "gzip");
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(text(response)).contains("gzip");
    }
  }

  /** H5. */
  @Test
  void shouldRefuseAnotherContentType() throws Exception {
    assertThat(post("/v1/traces", new byte[] {1}, "Content-Type", "text/plain").statusCode())
        .isEqualTo(415);
    assertThat(post("/v1/traces", new byte[] {1}, "Accept", "*/*").statusCode()).isEqualTo(415);
  }

  /** H6. */
  @Test
  void shouldNameThePathOfWhatOtlpForbids() throws Exception {
    HttpResponse<byte[]> response =
        json(Bodies.json("{\"status\":{\"code\":\"STATUS_CODE_ERROR\"}}"));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(text(response)).contains("/resourceSpans/0/scopeSpans/0/spans/0/status/code");
  }

  /** H7. */
  @Test
  void shouldIgnoreUnknownJsonFields() throws Exception {
    String span = Bodies.jsonSpan(Bodies.TRACE).replace("{\"traceId\"", "{\"new\":[],\"traceId\"");

    assertThat(json(Bodies.json(span)).statusCode()).isEqualTo(200);
    assertThat(shelf.spans).hasSize(1);
  }

  /** H8. */
  @Test
  void shouldSayHowManySpansWereRefusedAndWhy() throws Exception {
    String zeros = "0".repeat(32);
    HttpResponse<byte[]> asJson =
        json(Bodies.json(Bodies.jsonSpan(Bodies.TRACE), Bodies.jsonSpan(zeros)));
    HttpResponse<byte[]> asProtobuf =
        post(
            "/v1/traces",
            Bodies.request(zeros, Bodies.TRACE, zeros).toByteArray(),
            "Content-Type",
            PROTOBUF);

    assertThat(asJson.statusCode()).isEqualTo(200);
    assertThat(text(asJson)).contains("\"rejectedSpans\":\"1\"").contains("traceId");
    var partial = ExportTraceServiceResponse.parseFrom(asProtobuf.body()).getPartialSuccess();
    assertThat(partial.getRejectedSpans()).isEqualTo(2);
    assertThat(partial.getErrorMessage()).contains("traceId");
    assertThat(shelf.spans).hasSize(2);
  }

  /** H8: an evaluation of nothing is refused, a line of a log about nothing is let go. */
  @Test
  void shouldSayHowManyLogRecordsWereRefusedAndWhy() throws Exception {
    String line = "{\"body\":{\"stringValue\":\"started\"}}";
    HttpResponse<byte[]> asJson =
        post("/v1/logs", Bodies.jsonLogs(line, Bodies.jsonEvaluation("")), "Content-Type", JSON);
    HttpResponse<byte[]> asProtobuf =
        post(
            "/v1/logs",
            Bodies.evaluations("", Bodies.TRACE, "").toByteArray(),
            "Content-Type",
            PROTOBUF);

    assertThat(asJson.statusCode()).isEqualTo(200);
    assertThat(text(asJson)).contains("\"rejectedLogRecords\":\"1\"").contains("traceId");
    var partial = ExportLogsServiceResponse.parseFrom(asProtobuf.body()).getPartialSuccess();
    assertThat(partial.getRejectedLogRecords()).isEqualTo(2);
    assertThat(partial.getErrorMessage()).contains("traceId");
    assertThat(shelf.events).extracting(AgentEvent::getTraceId).containsExactly(Bodies.TRACE);
  }

  /** H8: what the topic never takes is not asked for again. */
  @Test
  void shouldCountRecordsTheTopicDoesNotTake() throws Exception {
    shelf.tooLarge = 1;

    assertThat(text(json(Bodies.json(Bodies.jsonSpan(Bodies.TRACE)))))
        .contains("\"rejectedSpans\":\"1\"")
        .contains("too large");
  }

  /** H9. */
  @Test
  void shouldAcceptAnEmptyRequest() throws Exception {
    assertThat(json("{}".getBytes(StandardCharsets.UTF_8)).statusCode()).isEqualTo(200);
    assertThat(post("/v1/traces", new byte[0], "Content-Type", PROTOBUF).statusCode())
        .isEqualTo(200);
  }

  /** H10. */
  @Test
  void shouldAskToTryAgainWhenKafkaIsAway() throws Exception {
    shelf.away = true;
    HttpResponse<byte[]> response = json(Bodies.json(Bodies.jsonSpan(Bodies.TRACE)));

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).contains("5");
    assertThat(receiver.counts().refused(503)).isEqualTo(1);
    assertThat(receiver.counts().spans()).isZero();
  }

  /** H13. */
  @ParameterizedTest
  @ValueSource(
      strings = {"/v1/traces/", "/v1/../v1/other", "/v1%2ftraces", "/..%2f..%2fetc/passwd", "/"})
  void shouldKnowNoOtherPath(String path) throws Exception {
    assertThat(post(path, new byte[0], "Content-Type", JSON).statusCode()).isBetween(400, 404);
  }

  @Test
  void shouldTakeNothingButPosts() throws Exception {
    HttpResponse<byte[]> response =
        CLIENT.send(
            HttpRequest.newBuilder(receiver.http().resolve("/v1/traces")).GET().build(),
            BodyHandlers.ofByteArray());

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("POST");
  }
}
