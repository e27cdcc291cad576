package dev.tidemark.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.query.view.SpanReader;
import dev.tidemark.query.view.StateViews;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A server over hand-built records, and a client that asks it. */
final class TestSite implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();
  private final QueryServer server;

  private final AtomicLong laterMs;

  private TestSite(QueryServer server, AtomicLong laterMs) {
    this.server = server;
    this.laterMs = laterMs;
  }

  static TestSite over(StateViews views) {
    return over(views, new FixedSpans(List.of(), List.of(), null));
  }

  static TestSite over(StateViews views, SpanReader spans) {
    var laterMs = new AtomicLong();
    return new TestSite(
        QueryServer.builder()
            .views(views)
            .spans(spans)
            .detector(InMemoryViews.SETTINGS)
            .clock(() -> Instant.ofEpochMilli(Records.T0 + 3_600_000 + 22_000 + laterMs.get()))
            .metrics(() -> "tidemark_up 1\n")
            .ready(() -> new Health(true, Map.of("observe", "RUNNING")))
            .start(),
        laterMs);
  }

  /** Moves the wall clock, which stands still otherwise. */
  void later(Duration by) {
    laterMs.addAndGet(by.toMillis());
  }

  static TestSite at(QueryServer server) {
    return new TestSite(server, new AtomicLong());
  }

  int status(String path) {
    return get(path).statusCode();
  }

  URI address() {
    return server.address();
  }

  HttpResponse<String> get(String pathAndQuery) {
    return send(HttpRequest.newBuilder(server.address().resolve(pathAndQuery)).build());
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  JsonNode json(String pathAndQuery) {
    return parse(get(pathAndQuery).body());
  }

  static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends bytes as they are and reads until the server closes. */
  String raw(String request) throws IOException {
    try (var socket = new Socket(server.address().getHost(), server.address().getPort())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
