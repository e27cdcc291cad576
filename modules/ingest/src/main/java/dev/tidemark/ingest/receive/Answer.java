package dev.tidemark.ingest.receive;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.Any;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Duration;
import dev.tidemark.ingest.receive.Door.Accepted;
import dev.tidemark.ingest.receive.Door.Signal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The bodies of answers, in both encodings. */
final class Answer {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Answer() {}

  /** An export response in protobuf. */
  static byte[] proto(Signal signal, Accepted accepted) {
    if (accepted.rejected() == 0) {
      return new byte[0];
    }
    return signal == Signal.TRACES
        ? ExportTraceServiceResponse.newBuilder()
            .setPartialSuccess(
                ExportTracePartialSuccess.newBuilder()
                    .setRejectedSpans(accepted.rejected())
                    .setErrorMessage(accepted.reason()))
            .build()
            .toByteArray()
        : ExportLogsServiceResponse.newBuilder()
            .setPartialSuccess(
                ExportLogsPartialSuccess.newBuilder()
                    .setRejectedLogRecords(accepted.rejected())
                    .setErrorMessage(accepted.reason()))
            .build()
            .toByteArray();
  }

  /** An export response in JSON; 64-bit numbers are text there. */
  static byte[] json(Signal signal, Accepted accepted) {
    if (accepted.rejected() == 0) {
      return text(Map.of());
    }
    String rejected = signal == Signal.TRACES ? "rejectedSpans" : "rejectedLogRecords";
    return text(
        Map.of(
            "partialSuccess",
            Map.of(
                rejected,
                Integer.toString(accepted.rejected()),
                "errorMessage",
                accepted.reason())));
  }

  /** A google.rpc.Status in JSON. */
  static byte[] json(Refusal refusal) {
    return text(Map.of("code", refusal.reason().grpc(), "message", refusal.getMessage()));
  }

  /** A google.rpc.Status in protobuf; says when to try again where trying again helps. */
  static byte[] proto(Refusal refusal) {
    var bytes = new ByteArrayOutputStream();
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.writeInt32(1, refusal.reason().grpc());
      out.writeString(2, refusal.getMessage());
      if (refusal.retrySeconds() > 0) {
        out.writeMessage(3, retryInfo(refusal.retrySeconds()));
      }
      out.flush();
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot fail to be written", e);
    }
    return bytes.toByteArray();
  }

  private static Any retryInfo(int seconds) throws IOException {
    var bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeMessage(1, Duration.newBuilder().setSeconds(seconds).build());
    out.flush();
    return Any.newBuilder()
        .setTypeUrl("type.googleapis.com/google.rpc.RetryInfo")
        .setValue(com.google.protobuf.ByteString.copyFrom(bytes.toByteArray()))
        .build();
  }

  private static byte[] text(Map<String, ?> body) {
    try {
      return JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("text and numbers can always be written", e);
    }
  }
}
