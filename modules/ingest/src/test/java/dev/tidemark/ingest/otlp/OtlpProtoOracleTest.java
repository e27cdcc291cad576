package dev.tidemark.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Our reader of protobuf against the generated classes, on drawn requests. */
class OtlpProtoOracleTest {
  private static final long SEED = 20_261_123;
  private final Random random = new Random(SEED);

  private AnyValue value(int depth) {
    AnyValue.Builder value = AnyValue.newBuilder();
    return switch (random.nextInt(depth > 2 ? 6 : 8)) {
      case 0 -> value.build();
      case 1 -> value.setBoolValue(random.nextBoolean()).build();
      case 2 -> value.setIntValue(random.nextLong()).build();
      case 3 -> value.setDoubleValue(random.nextDouble()).build();
      case 4, 5 -> value.setStringValue("t\u00e4xt " + random.nextInt(1_000)).build();
      case 6 ->
          value
              .setArrayValue(
                  ArrayValue.newBuilder().addValues(value(depth + 1)).addValues(value(depth + 1)))
              .build();
      default ->
          value
              .setKvlistValue(
                  KeyValueList.newBuilder().addValues(pair(depth + 1)).addValues(pair(depth + 1)))
              .build();
    };
  }

  private KeyValue pair(int depth) {
    return KeyValue.newBuilder()
        .setKey((random.nextInt(5) == 0 ? "schl\u00fcssel." : "key.") + random.nextInt(20))
        .setValue(value(depth))
        .build();
  }

  private List<KeyValue> pairs() {
    return random.ints(random.nextInt(12)).mapToObj(i -> pair(0)).toList();
  }

  private ByteString id(int length) {
    byte[] id = new byte[random.nextInt(8) == 0 ? 0 : length];
    random.nextBytes(id);
    return ByteString.copyFrom(id);
  }

  private Span span() {
    return Span.newBuilder()
        .setTraceId(id(16))
        .setSpanId(id(8))
        .setParentSpanId(id(8))
        .setName("name " + random.nextInt(9))
        .setKindValue(random.nextInt(7))
        .setStartTimeUnixNano(random.nextLong())
        .setEndTimeUnixNano(random.nextLong())
        .setFlags(random.nextInt())
        .setTraceState("a=b")
        .addAllAttributes(pairs())
        .addEvents(
            Span.Event.newBuilder().setName("e").setTimeUnixNano(3).addAllAttributes(pairs()))
        .addLinks(Span.Link.newBuilder().setTraceId(id(16)).addAllAttributes(pairs()))
        .setStatus(Status.newBuilder().setCodeValue(random.nextInt(3)).setMessage("m"))
        .build();
  }

  private byte[] request() {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      ScopeSpans.Builder scope =
          ScopeSpans.newBuilder()
              .setScope(InstrumentationScope.newBuilder().setName("s").setVersion("1"))
              .setSchemaUrl(random.nextBoolean() ? "urn:scope" : "")
              .addSpans(span())
              .addSpans(span());
      request.addResourceSpans(
          ResourceSpans.newBuilder()
              .setResource(Resource.newBuilder().addAllAttributes(pairs()))
              .setSchemaUrl(random.nextBoolean() ? "urn:resource" : "")
              .addScopeSpans(scope));
    }
    return request.build().toByteArray();
  }

  @Test
  void shouldReadWhatTheGeneratedClassesRead() throws Exception {
    for (int i = 0; i < 300; i++) {
      byte[] body = request();
      assertThat(OtlpProto.traces(body)).isEqualTo(ParsedByLibrary.traces(body));
    }
  }

  /** Whatever a sender cuts or breaks, it hears that it did; nothing else happens. */
  @Test
  void shouldRefuseBrokenBytesAndNothingElse() {
    for (int i = 0; i < 3_000; i++) {
      byte[] body = request();
      byte[] broken = Arrays.copyOf(body, 1 + random.nextInt(body.length));
      for (int flips = random.nextInt(4); flips > 0; flips--) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      }
      try {
        OtlpProto.traces(broken).forEach(span -> assertThat(span.toString()).isNotNull());
      } catch (Malformed e) {
        assertThat(e).hasMessageContaining("check the exporter");
      }
    }
  }

  @Test
  void shouldGiveUpOnValuesNestedWithoutEnd() throws Exception {
    AnyValue value = AnyValue.newBuilder().setIntValue(1).build();
    for (int i = 0; i < 90; i++) {
      value = AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(value)).build();
    }
    Span span =
        Span.newBuilder()
            .addAttributes(KeyValue.newBuilder().setKey("deep").setValue(value))
            .build();
    byte[] body =
        ExportTraceServiceRequest.newBuilder()
            .addResourceSpans(
                ResourceSpans.newBuilder().addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
            .build()
            .toByteArray();

    assertThat(OtlpProto.traces(body).get(0).attributes().get("deep")).isNull();
  }
}
