package dev.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.protobuf.ByteString;
import dev.tidemark.core.run.RunPreview;
import dev.tidemark.ingest.otlp.Malformed;
import dev.tidemark.ingest.otlp.OtlpJson;
import dev.tidemark.ingest.otlp.OtlpProto;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.AgentSpan;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of bad records, as far as OTLP can carry them: what becomes of each on the way in. */
class BadSpansTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final long END = 1_790_000_001_000_000_000L;

  private static Span.Builder span(int number) {
    return Span.newBuilder()
        .setTraceId(ByteString.fromHex(TRACE))
        .setSpanId(ByteString.fromHex(String.format("%016x", number)))
        .setName("execute_tool")
        .setStartTimeUnixNano(END - 5_000_000)
        .setEndTimeUnixNano(END)
        .addAttributes(text("gen_ai.operation.name", "execute_tool"))
        .addAttributes(text("gen_ai.tool.name", "search"));
  }

  private static KeyValue text(String key, String value) {
    return pair(key, AnyValue.newBuilder().setStringValue(value));
  }

  private static KeyValue pair(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static byte[] body(List<Span> spans) {
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder().addScopeSpans(ScopeSpans.newBuilder().addAllSpans(spans)))
        .build()
        .toByteArray();
  }

  private static Batch batch(Span.Builder... spans) {
    return batch(body(Arrays.stream(spans).map(Span.Builder::build).toList()));
  }

  private static Batch batch(byte[] body) {
    try {
      return Batch.ofSpans(OtlpProto.traces(body), "acme");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static AgentSpan only(Span.Builder span) {
    return batch(span).spans().get(0);
  }

  private static AgentRun run(List<AgentSpan> spans) {
    List<AgentRun> runs = RunPreview.of(spans, List.of(), 5);
    assertThat(runs).hasSize(1);
    return runs.get(0);
  }

  /** R7, R10: a body that is cut, or goes on behind its end. */
  @Test
  void shouldRefuseABodyThatIsCutOrGoesOn() {
    byte[] whole = body(List.of(span(1).build()));
    byte[] cut = Arrays.copyOf(whole, whole.length - 3);
    byte[] more = Arrays.copyOf(whole, whole.length + 3);

    assertThatThrownBy(() -> OtlpProto.traces(cut)).isInstanceOf(Malformed.class);
    assertThatThrownBy(() -> OtlpProto.traces(more)).isInstanceOf(Malformed.class);
    assertThatThrownBy(() -> OtlpJson.traces("{}x".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Malformed.class);
  }

  /** R8: a length that is not there is not believed, and nothing is set aside for it. */
  @Test
  void shouldNotBelieveALengthOfAGigabyte() {
    byte[] lie = {0x0a, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x04};

    assertThatThrownBy(() -> OtlpProto.traces(lie)).isInstanceOf(Malformed.class);
  }

  /** R14. */
  @Test
  void shouldKeepASpanThatEndsBeforeItStartsWithoutItsDuration() {
    AgentSpan span = only(span(1).setStartTimeUnixNano(END + 1_000_000_000));

    assertThat(span.getDurationUs()).isNull();
    assertThat(span.getStartMs()).isNull();
    assertThat(span.getEndMs()).isEqualTo(END / 1_000_000);
  }

  /** R15. */
  @ParameterizedTest
  @ValueSource(longs = {1, Long.MIN_VALUE, -1})
  void shouldNotMeasureFromAnAbsurdStart(long start) {
    AgentSpan span = only(span(1).setStartTimeUnixNano(start));

    assertThat(span.getDurationUs()).isNull();
    assertThat(span.getOutcome()).isNotNull();
  }

  /** R16: numbers that are none, below zero, or beyond what anybody bills. */
  @ParameterizedTest
  @CsvSource({
    "NaN, NaN",
    "Infinity, Infinity",
    "-0.5, -1",
    "1e308, 1e308",
    "9223372036854775807, 1e300"
  })
  void shouldNotTakeImpossibleTokensAndCosts(String tokens, String cost) {
    Span.Builder chat =
        span(1)
            .clearAttributes()
            .addAttributes(text("gen_ai.operation.name", "chat"))
            .addAttributes(text("gen_ai.usage.input_tokens", tokens))
            .addAttributes(text("gen_ai.usage.cache_read.input_tokens", tokens))
            .addAttributes(text("gen_ai.usage.cache_creation.input_tokens", tokens))
            .addAttributes(
                pair(
                    "gen_ai.usage.cost",
                    AnyValue.newBuilder().setDoubleValue(Double.parseDouble(cost))))
            .addAttributes(text("gen_ai.usage.output_tokens", "7"));
    AgentSpan span = only(chat);

    assertThat(span.getInputTokens()).isNull();
    assertThat(span.getCacheReadTokens()).isNull();
    assertThat(span.getCostMicros()).isNull();
    assertThat(span.getOutputTokens()).isEqualTo(7);
  }

  /** R17: ids that are none are left out and told; capitals are the same id. */
  @Test
  void shouldLeaveOutIdsThatAreNoneAndTakeCapitals() throws IOException {
    Batch bad =
        batch(
            span(0),
            span(1).setTraceId(ByteString.copyFrom(new byte[16])),
            span(2).setTraceId(ByteString.copyFrom(new byte[8])),
            span(3).setSpanId(ByteString.copyFrom(new byte[] {1})),
            span(4));
    byte[] capitals =
        ("{'resourceSpans':[{'scopeSpans':[{'spans':[{'traceId':'4BF92F3577B34DA6A3CE929D0E0E4736',"
                + "'spanId':'00F067AA0BA902B7','endTimeUnixNano':'1790000001000000000'}]}]}]}")
            .replace('\'', '"')
            .getBytes(StandardCharsets.UTF_8);

    assertThat(bad.rejected()).isEqualTo(4);
    assertThat(bad.reason()).contains("spanId");
    assertThat(bad.spans()).hasSize(1);
    assertThat(Batch.ofSpans(OtlpJson.traces(capitals), "acme").spans())
        .extracting(AgentSpan::getTraceId)
        .containsExactly(TRACE);
  }

  /**
   * R18: a parent that is the span, nobody, or missing twice are four calls; of two calls inside
   * each other neither is the outer one, which counts.
   */
  @Test
  void shouldPutTogetherWhatIsNoTree() {
    ByteString one = span(1).getSpanId();
    ByteString two = span(2).getSpanId();
    Batch batch =
        batch(
            span(5).setParentSpanId(span(5).getSpanId()),
            span(1).setParentSpanId(two),
            span(2).setParentSpanId(one),
            span(3).setParentSpanId(ByteString.copyFromUtf8("nobody's")),
            span(6),
            span(7));

    assertThat(run(batch.spans()).getToolCalls()).isEqualTo(4);
  }

  /** R19: one trace of a hundred thousand spans in one body. */
  @Test
  void shouldTakeAHundredThousandSpansOfOneTrace() {
    byte[] body = body(IntStream.rangeClosed(1, 100_000).mapToObj(i -> span(i).build()).toList());
    Batch batch = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> batch(body));

    assertThat(body.length).isLessThan(16 << 20);
    assertThat(batch.spans()).hasSize(100_000);
  }

  /** R20: sent again or sent otherwise, one span is counted once. */
  @Test
  void shouldCountASpanOnceThatIsToldTwice() {
    Batch batch = batch(span(1), span(1), span(1).setName("other"), span(2));

    assertThat(run(batch.spans()).getToolCalls()).isEqualTo(2);
    assertThat(run(batch.spans()).getRetries()).isZero();
  }

  /** R21. */
  @Test
  void shouldShowTheNameOfAToolAsText() {
    String name = " <script>\n\u0000\u202e\ud83d\ude00" + "x".repeat(10_000);
    AgentSpan span = only(span(1).addAttributes(text("gen_ai.tool.name", name)));

    assertThat(span.getToolName().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(256);
    assertThat(span.getToolName())
        .startsWith("<script>")
        .contains("\ud83d\ude00")
        .doesNotContain("\n", "\u0000", "\u202e");
    assertThat(only(span(1).addAttributes(text("gen_ai.tool.name", ""))).getToolName())
        .isEqualTo("execute_tool");
  }

  /** R22. */
  @Test
  void shouldLeaveAVersionThatNobodyToldUnknownAndCapOneThatIsLong() {
    String version = "1.4.2-rc.1+build." + "9".repeat(1_000);

    assertThat(only(span(1)).getToolVersion()).isNull();
    assertThat(only(span(1).addAttributes(text("gen_ai.tool.version", "latest"))).getToolVersion())
        .isEqualTo("latest");
    assertThat(only(span(1).addAttributes(text("gen_ai.tool.version", version))).getToolVersion())
        .startsWith("1.4.2-rc.1+build.")
        .hasSizeLessThanOrEqualTo(256);
  }

  /** R23: ten thousand attributes, one of five megabytes, one twice, half a character. */
  @Test
  void shouldReadASpanThatIsFullOfOtherThings() throws IOException {
    Span.Builder full = span(1).addAttributes(text("prompt", "x".repeat(5 << 20)));
    IntStream.range(0, 10_000).forEach(i -> full.addAttributes(text("other." + i, "x")));
    full.addAttributes(text("gen_ai.tool.name", "told last"));
    byte[] half =
        ("{'resourceSpans':[{'scopeSpans':[{'spans':[{'traceId':'"
                + TRACE
                + "','spanId':'00f067aa0ba902b7','name':'a \\ud83d b',"
                + "'endTimeUnixNano':'1790000001000000000'}]}]}]}")
            .replace('\'', '"')
            .getBytes(StandardCharsets.UTF_8);

    assertThat(only(full).getToolName()).isEqualTo("told last");
    assertThat(only(full).toString()).hasSizeLessThan(2_000);
    assertThat(Batch.ofSpans(OtlpJson.traces(half), "acme").spans()).hasSize(1);
  }

  /** R23: keys made to have one hash cost no more than others. */
  @Test
  void shouldBearKeysMadeToHaveOneHash() {
    List<KeyValue> colliding = new ArrayList<>();
    for (int i = 0; i < 1 << 17; i++) {
      StringBuilder key = new StringBuilder();
      for (int bit = 0; bit < 17; bit++) {
        key.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      colliding.add(text(key.toString(), "x"));
    }
    byte[] body = body(List.of(span(1).addAllAttributes(colliding).build()));
    Batch batch = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> batch(body));

    assertThat(batch.spans()).extracting(AgentSpan::getToolName).containsExactly("search");
  }

  /** R26. */
  @ParameterizedTest
  @ValueSource(longs = {0, -3, 1_000_000_000, Long.MAX_VALUE})
  void shouldNotBelieveAnAttemptThatCannotBe(long attempt) {
    AgentSpan span =
        only(
            span(1)
                .addAttributes(
                    pair("agent.tool.attempt", AnyValue.newBuilder().setIntValue(attempt))));

    assertThat(span.getAttempt()).isNull();
  }
}
