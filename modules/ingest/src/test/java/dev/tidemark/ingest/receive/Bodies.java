package dev.tidemark.ingest.receive;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Requests written by hand. */
final class Bodies {
  static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private Bodies() {}

  static String jsonSpan(String traceId) {
    return ("{'traceId':'"
            + traceId
            + "','spanId':'00f067aa0ba902b7','name':'execute_tool search',"
            + "'startTimeUnixNano':'1790000000000000000','endTimeUnixNano':1790000001500000000,"
            + "'attributes':[{'key':'gen_ai.operation.name','value':{'stringValue':"
            + "'execute_tool'}},{'key':'gen_ai.tool.name','value':{'stringValue':'search'}}],"
            + "'status':{'code':2}}")
        .replace('\'', '"');
  }

  static byte[] json(String... spans) {
    return ("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":["
            + String.join(",", spans)
            + "]}]}]}")
        .getBytes(StandardCharsets.UTF_8);
  }

  static ExportTraceServiceRequest request(String... traceIds) {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    for (String traceId : traceIds) {
      scope.addSpans(
          Span.newBuilder()
              .setTraceId(ByteString.fromHex(traceId))
              .setSpanId(ByteString.fromHex("00f067aa0ba902b7"))
              .setName("execute_tool search")
              .setStartTimeUnixNano(1_790_000_000_000_000_000L)
              .setEndTimeUnixNano(1_790_000_001_500_000_000L)
              .addAttributes(text("gen_ai.operation.name", "execute_tool"))
              .addAttributes(text("gen_ai.tool.name", "search")));
    }
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
        .build();
  }

  static byte[] jsonLogs(String... records) {
    return ("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":["
            + String.join(",", records)
            + "]}]}]}")
        .getBytes(StandardCharsets.UTF_8);
  }

  static String jsonEvaluation(String traceId) {
    return ("{'traceId':'"
            + traceId
            + "','timeUnixNano':'1790000000000000000','eventName':'gen_ai.evaluation.result'}")
        .replace('\'', '"');
  }

  static ExportLogsServiceRequest evaluations(String... traceIds) {
    ScopeLogs.Builder scope = ScopeLogs.newBuilder();
    for (String traceId : traceIds) {
      scope.addLogRecords(
          LogRecord.newBuilder()
              .setTraceId(ByteString.fromHex(traceId))
              .setTimeUnixNano(1_790_000_000_000_000_000L)
              .setEventName("gen_ai.evaluation.result"));
    }
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope))
        .build();
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  static byte[] zip(byte[] body) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (OutputStream zipped = new GZIPOutputStream(bytes)) {
      zipped.write(body);
    }
    return bytes.toByteArray();
  }

  /** Gzip that unpacks to so many mebibytes of zeros; about a thousandth of that. */
  static byte[] bomb(int mebibytes) throws IOException {
    var bytes = new ByteArrayOutputStream();
    byte[] zeros = new byte[1 << 20];
    try (OutputStream zipped = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < mebibytes; i++) {
        zipped.write(zeros);
      }
    }
    return bytes.toByteArray();
  }

  /** Gzip of several members, each of which unpacks to 64 MiB; 160 are 10 MB and make 10 GiB. */
  static byte[] bombs(int members) throws IOException {
    byte[] one = bomb(64);
    var bytes = new ByteArrayOutputStream(one.length * members);
    for (int i = 0; i < members; i++) {
      bytes.writeBytes(one);
    }
    return bytes.toByteArray();
  }
}
