package dev.tidemark.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.tidemark.core.otlp.OtlpLink;
import dev.tidemark.core.otlp.OtlpLog;
import dev.tidemark.core.otlp.OtlpSpan;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OtlpProtoTest {
  private static final ByteString TRACE = ByteString.fromHex("4bf92f3577b34da6a3ce929d0e0e4736");
  private static final ByteString SPAN = ByteString.fromHex("00f067aa0ba902b7");

  private static AnyValue text(String text) {
    return AnyValue.newBuilder().setStringValue(text).build();
  }

  private static KeyValue pair(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static OtlpSpan read(Span.Builder span) throws IOException {
    byte[] body =
        ExportTraceServiceRequest.newBuilder()
            .addResourceSpans(
                ResourceSpans.newBuilder()
                    .setResource(
                        Resource.newBuilder().addAttributes(pair("service.name", text("desk"))))
                    .setSchemaUrl("urn:resource")
                    .addScopeSpans(
                        ScopeSpans.newBuilder()
                            .setScope(
                                InstrumentationScope.newBuilder().setName("ai").setVersion("6"))
                            .addSpans(span)))
            .build()
            .toByteArray();
    OtlpSpan fromStream = OtlpProto.traces(new ByteArrayInputStream(body)).get(0);
    OtlpSpan fromBytes = OtlpProto.traces(body).get(0);
    assertThat(fromStream.traceId() + fromStream.name())
        .isEqualTo(fromBytes.traceId() + fromBytes.name());
    return fromBytes;
  }

  @Test
  void shouldReadWhatASpanSays() throws IOException {
    OtlpSpan span =
        read(
            Span.newBuilder()
                .setTraceId(TRACE)
                .setSpanId(SPAN)
                .setParentSpanId(ByteString.copyFrom(new byte[8]))
                .setName("chat")
                .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
                .setStartTimeUnixNano(1_790_000_000_000_000_000L)
                .setEndTimeUnixNano(1_790_000_001_500_000_000L)
                .setStatus(
                    Status.newBuilder()
                        .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                        .setMessage("no"))
                .addEvents(
                    Span.Event.newBuilder()
                        .setName("exception")
                        .setTimeUnixNano(7)
                        .addAttributes(pair("exception.type", text("Timeout"))))
                .addLinks(Span.Link.newBuilder().setTraceId(TRACE).setSpanId(SPAN)));

    assertThat(span.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(span.spanId()).isEqualTo("00f067aa0ba902b7");
    assertThat(span.parentSpanId()).isNull();
    assertThat(span.kind()).isEqualTo(3);
    assertThat(span.endNanos() - span.startNanos()).isEqualTo(1_500_000_000L);
    assertThat(span.failed()).isTrue();
    assertThat(span.statusMessage()).isEqualTo("no");
    assertThat(span.exceptionType()).isEqualTo("Timeout");
    assertThat(span.links())
        .containsExactly(
            new OtlpLink("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", Map.of()));
    assertThat(span.scope() + span.scopeVersion() + span.schemaUrl()).isEqualTo("ai6urn:resource");
    assertThat(span.resourceText("service.name")).isEqualTo("desk");
  }

  @Test
  void shouldReadEveryKindOfValue() throws IOException {
    OtlpSpan span =
        read(
            Span.newBuilder()
                .setTraceId(TRACE)
                .addAttributes(pair("s", text("a")))
                .addAttributes(pair("i", AnyValue.newBuilder().setIntValue(-3).build()))
                .addAttributes(pair("d", AnyValue.newBuilder().setDoubleValue(1.5).build()))
                .addAttributes(pair("b", AnyValue.newBuilder().setBoolValue(true).build()))
                .addAttributes(
                    pair(
                        "y",
                        AnyValue.newBuilder()
                            .setBytesValue(ByteString.copyFrom(new byte[] {1, 2}))
                            .build()))
                .addAttributes(
                    pair(
                        "l",
                        AnyValue.newBuilder()
                            .setArrayValue(ArrayValue.newBuilder().addValues(text("x")))
                            .build()))
                .addAttributes(
                    pair(
                        "m",
                        AnyValue.newBuilder()
                            .setKvlistValue(
                                KeyValueList.newBuilder().addValues(pair("k", text("v"))))
                            .build())));

    assertThat(span.text("s")).isEqualTo("a");
    assertThat(span.number("i")).isEqualTo(-3);
    assertThat(span.real("d")).isEqualTo(1.5);
    assertThat(span.flag("b")).isTrue();
    assertThat(span.attributes().get("y")).isEqualTo(new byte[] {1, 2});
    assertThat(span.list("l")).isEqualTo(List.of("x"));
    assertThat(span.attributes().get("m")).isEqualTo(Map.of("k", "v"));
    assertThat(span.text("l", "m", "y")).isNull();
  }

  @Test
  void shouldReadLogRecords() throws IOException {
    byte[] body =
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(
                ResourceLogs.newBuilder()
                    .addScopeLogs(
                        ScopeLogs.newBuilder()
                            .setSchemaUrl("urn:scope")
                            .addLogRecords(
                                LogRecord.newBuilder()
                                    .setTraceId(TRACE)
                                    .setSpanId(SPAN)
                                    .setObservedTimeUnixNano(9)
                                    .setEventName("gen_ai.evaluation.result")
                                    .setBody(text("b")))))
            .build()
            .toByteArray();
    OtlpLog expected =
        new OtlpLog(
            Map.of(),
            null,
            "urn:scope",
            "4bf92f3577b34da6a3ce929d0e0e4736",
            "00f067aa0ba902b7",
            9,
            "gen_ai.evaluation.result",
            "b",
            Map.of());

    assertThat(OtlpProto.logs(body)).containsExactly(expected);
    assertThat(OtlpProto.logs(new ByteArrayInputStream(body))).containsExactly(expected);
  }

  @Test
  void shouldRefuseWhatIsNoRequest() {
    byte[] noise = {(byte) 0x0a, (byte) 0xff, 1, 2};

    assertThatThrownBy(() -> OtlpProto.traces(noise)).isInstanceOf(Malformed.class);
    assertThatThrownBy(() -> OtlpProto.logs(new ByteArrayInputStream(noise)))
        .isInstanceOf(Malformed.class);
  }

  @Test
  void shouldTellAFailureToReadFromAMalformedBody() throws IOException {
    PushbackInputStream closed = new PushbackInputStream(InputStream.nullInputStream());
    closed.close();

    assertThatThrownBy(() -> OtlpProto.traces(closed))
        .isNotInstanceOf(Malformed.class)
        .isInstanceOf(IOException.class);
  }
}
