package dev.tidemark.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.tidemark.records.AgentSpan;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.io.IOException;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What OTLP/gRPC answers, asked by gRPC's own client. */
class OtlpGrpcTest {
  private final Shelf shelf = new Shelf();
  private OtlpReceiver receiver;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    open(ReceiverConfig.loopback().with(Limits.DEFAULT.withBody(1 << 20)));
  }

  private void open(ReceiverConfig config) throws IOException {
    receiver = OtlpReceiver.start(config, shelf);
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", receiver.grpc().getPort())
            .usePlaintext()
            .build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    receiver.close();
    assertThat(receiver.bytesInFlight()).isZero();
  }

  private StatusRuntimeException refused(ExportTraceServiceRequest request) {
    return catchThrowableOfType(
        StatusRuntimeException.class,
        () -> TraceServiceGrpc.newBlockingStub(channel).export(request));
  }

  @Test
  void shouldPublishTracesPlainAndZipped() {
    var traces = TraceServiceGrpc.newBlockingStub(channel);

    assertThat(traces.export(Bodies.request(Bodies.TRACE)).hasPartialSuccess()).isFalse();
    traces.withCompression("gzip").export(Bodies.request(Bodies.TRACE));

    assertThat(shelf.spans).extracting(AgentSpan::getToolName).containsExactly("search", "search");
  }

  @Test
  void shouldAcceptLogs() {
    var response =
        LogsServiceGrpc.newBlockingStub(channel)
            .export(ExportLogsServiceRequest.getDefaultInstance());

    assertThat(response.hasPartialSuccess()).isFalse();
  }

  @Test
  void shouldAcceptManyRequestsOnOneConnection() {
    var traces = TraceServiceGrpc.newBlockingStub(channel);
    for (int i = 0; i < 300; i++) {
      traces.export(Bodies.request(Bodies.TRACE));
    }

    assertThat(shelf.spans).hasSize(300);
  }

  /** H8. */
  @Test
  void shouldSayHowManySpansWereRefusedAndWhy() {
    var partial =
        TraceServiceGrpc.newBlockingStub(channel)
            .export(Bodies.request("0".repeat(32), Bodies.TRACE))
            .getPartialSuccess();

    assertThat(partial.getRejectedSpans()).isEqualTo(1);
    assertThat(partial.getErrorMessage()).contains("traceId");
  }

  /** H8. */
  @Test
  void shouldSayHowManyLogRecordsWereRefusedAndWhy() {
    var partial =
        LogsServiceGrpc.newBlockingStub(channel)
            .export(Bodies.evaluations(Bodies.TRACE, ""))
            .getPartialSuccess();

    assertThat(partial.getRejectedLogRecords()).isEqualTo(1);
    assertThat(partial.getErrorMessage()).contains("traceId");
    assertThat(shelf.events).hasSize(1);
  }

  /** H1: not to be tried again, so without RetryInfo. */
  @Test
  void shouldRefuseAMessageOverTheLimit() {
    StatusRuntimeException refused =
        refused(Bodies.request(Collections.nCopies(20_000, Bodies.TRACE).toArray(String[]::new)));

    assertThat(refused.getStatus().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(refused.getStatus().getDescription()).contains("--otlp-max-body");
    assertThat(StatusProto.fromThrowable(refused).getDetailsList()).isEmpty();
  }

  /** H10. */
  @Test
  void shouldAskToTryAgainWhenKafkaIsAway() throws Exception {
    shelf.away = true;
    StatusRuntimeException refused = refused(Bodies.request(Bodies.TRACE));

    assertThat(refused.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
    Status status = StatusProto.fromThrowable(refused);
    assertThat(status.getDetails(0).unpack(RetryInfo.class).getRetryDelay().getSeconds())
        .isEqualTo(5);
  }

  /** H11: quota, to be tried again. */
  @Test
  void shouldAskToTryAgainWhenTooMuchIsInFlight() throws Exception {
    stop();
    open(ReceiverConfig.loopback().with(Limits.DEFAULT.withBody(1 << 16).withInFlight(1 << 16)));
    int spans = 60_000 / Bodies.request(Bodies.TRACE).getSerializedSize();
    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                TraceServiceGrpc.newBlockingStub(channel)
                    .withCompression("gzip")
                    .export(
                        Bodies.request(
                            Collections.nCopies(spans, Bodies.TRACE).toArray(String[]::new))));

    assertThat(refused.getStatus().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(refused.getStatus().getDescription()).contains("--otlp-in-flight");
    assertThat(StatusProto.fromThrowable(refused).getDetails(0).is(RetryInfo.class)).isTrue();
  }

  @Test
  void shouldSayWhichMethodsThereAre() {
    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                MetricsServiceGrpc.newBlockingStub(channel)
                    .export(ExportMetricsServiceRequest.getDefaultInstance()));

    assertThat(refused.getStatus().getCode()).isEqualTo(Code.UNIMPLEMENTED);
  }

  /** H14. */
  @Test
  void shouldRefuseATenantFromAHeader() {
    var headers = new Metadata();
    headers.put(Metadata.Key.of("x-scope-orgid", Metadata.ASCII_STRING_MARSHALLER), "acme");
    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                TraceServiceGrpc.newBlockingStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                    .export(Bodies.request(Bodies.TRACE)));

    assertThat(refused.getStatus().getCode()).isEqualTo(Code.PERMISSION_DENIED);
    assertThat(shelf.spans).isEmpty();
  }
}
