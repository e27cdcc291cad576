package dev.tidemark.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both protocols over TLS, spoken by OpenTelemetry's own exporters. */
class OtlpTlsTest {
  @TempDir static Path directory;
  private static final Shelf SHELF = new Shelf();
  private static Pem pem;
  private static OtlpReceiver receiver;

  @BeforeAll
  static void start() throws Exception {
    pem = Pem.in(directory);
    receiver =
        OtlpReceiver.start(
            ReceiverConfig.loopback().with(Tls.of(pem.certificate(), pem.key())), SHELF);
  }

  @AfterAll
  static void stop() {
    receiver.close();
  }

  private static boolean send(SpanExporter exporter) {
    int before = SHELF.spans.size();
    try (var tracers =
        SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build()) {
      var span = tracers.get("test").spanBuilder("search").startSpan();
      span.setAttribute("gen_ai.operation.name", "execute_tool");
      span.setAttribute("gen_ai.tool.name", "search");
      span.end();
      tracers.forceFlush().join(10, TimeUnit.SECONDS);
    }
    return SHELF.spans.size() == before + 1;
  }

  @Test
  void shouldReceiveOverHttp() throws IOException {
    assertThat(receiver.http()).hasScheme("https");
    assertThat(
            send(
                OtlpHttpSpanExporter.builder()
                    .setEndpoint(receiver.http() + "/v1/traces")
                    .setTrustedCertificates(Files.readAllBytes(pem.certificate()))
                    .build()))
        .isTrue();
  }

  @Test
  void shouldReceiveOverGrpc() throws IOException {
    assertThat(receiver.grpc()).hasScheme("https");
    assertThat(
            send(
                OtlpGrpcSpanExporter.builder()
                    .setEndpoint(receiver.grpc().toString())
                    .setTrustedCertificates(Files.readAllBytes(pem.certificate()))
                    .build()))
        .isTrue();
  }

  /** Whoever does not know the certificate sends nothing, and whoever speaks plainly neither. */
  @Test
  void shouldTakeNothingFromWhoDoesNotTrustItOrSpeaksPlainly() {
    URI plain = URI.create("http://127.0.0.1:" + receiver.http().getPort() + "/v1/traces");
    HttpRequest request =
        HttpRequest.newBuilder(plain).POST(HttpRequest.BodyPublishers.noBody()).build();

    assertThatThrownBy(() -> HttpClient.newHttpClient().send(request, BodyHandlers.discarding()))
        .isInstanceOf(IOException.class);
    assertThat(
            send(
                OtlpHttpSpanExporter.builder().setEndpoint(receiver.http() + "/v1/traces").build()))
        .isFalse();
  }

  @Test
  void shouldSayWhichFileIsMissing() {
    Path nowhere = directory.resolve("nowhere.pem");

    assertThatThrownBy(() -> Tls.of(nowhere, pem.key()))
        .hasMessage(
            "--otlp-tls-cert " + nowhere + " cannot be read: check the file and who may read it");
    assertThatThrownBy(() -> Tls.of(pem.certificate(), nowhere))
        .hasMessageStartingWith("--otlp-tls-key " + nowhere + " cannot be read");
    assertThatThrownBy(() -> Tls.of(pem.certificate(), null))
        .hasMessageContaining("name both --otlp-tls-cert and --otlp-tls-key");
  }

  @Test
  void shouldSayThatFilesAreNoCertificateAndKey() throws Exception {
    Path text = Files.writeString(directory.resolve("text.pem"), "hello");
    Pem other = Pem.in(Files.createDirectory(directory.resolve("other")));

    assertThatThrownBy(() -> Tls.of(text, pem.key())).hasMessageContaining("cannot be used");
    assertThatThrownBy(() -> Tls.of(pem.certificate(), text))
        .hasMessageContaining("cannot be used");
    assertThatThrownBy(() -> Tls.of(pem.certificate(), other.key()))
        .hasMessageContaining("cannot be used");
  }
}
