package dev.tidemark.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a hostile or unlucky client costs. */
class ReceiverLimitsTest {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Limits IMPATIENT =
      Limits.DEFAULT.withTimes(Duration.ofMillis(500), Duration.ofSeconds(2));
  private final Shelf shelf = new Shelf();
  private OtlpReceiver receiver;

  private void start(Limits limits) throws IOException {
    receiver = OtlpReceiver.start(ReceiverConfig.loopback().with(limits), shelf);
  }

  @AfterEach
  void stop() {
    if (receiver != null) {
      receiver.close();
      assertThat(receiver.bytesInFlight()).isZero();
    }
  }

  private HttpRequest zipped(byte[] body) {
    return HttpRequest.newBuilder(receiver.http().resolve("/v1/traces"))
        .header("Content-Type", "application/json")
        .header("Content-Encoding", "gzip")
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }

  private Socket open(String text) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), receiver.http().getPort());
    socket.setSoTimeout(10_000);
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
    return socket;
  }

  private static String head(int length) {
    return "POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  private static String all(Socket socket) throws IOException {
    try (InputStream in = socket.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void shouldStillServe() throws Exception {
    HttpResponse<String> good =
        CLIENT.send(
            zipped(Bodies.zip(Bodies.json(Bodies.jsonSpan(Bodies.TRACE)))),
            BodyHandlers.ofString());
    assertThat(good.statusCode()).isEqualTo(200);
  }

  /** H2: 10 MB that unpack to 10 GiB, from several clients at once. */
  @Test
  void shouldRefuseTenGibibytesInTenMegabytes() throws Exception {
    start(Limits.DEFAULT);
    byte[] bombs = Bodies.bombs(160);
    assertThat(bombs.length).isBetween(10_000_000, 12_000_000);
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      answers.add(CLIENT.sendAsync(zipped(bombs), BodyHandlers.ofString()));
    }
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertThat(answer.get().statusCode()).isIn(413, 429);
      assertThat(receiver.bytesInFlight()).isLessThanOrEqualTo(Limits.DEFAULT.inFlightBytes());
    }
    assertThat(receiver.counts().refused(413)).isPositive();
    shouldStillServe();
  }

  /** H1: who writes all of it before it reads hears why it was refused, and is not cut off. */
  @Test
  void shouldTellAClientThatIsStillSending() throws Exception {
    start(Limits.DEFAULT.withBody(4 << 20));
    byte[] body = new byte[16 << 20];
    String start = "POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    String chunked = "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length);
    for (String how : List.of("Content-Length: " + body.length + "\r\n", chunked)) {
      try (Socket socket = open(start + how + "\r\n")) {
        socket.getOutputStream().write(body);
        socket.shutdownOutput();
        assertThat(all(socket)).startsWith("HTTP/1.1 413").contains("--otlp-max-body");
      }
    }
    shouldStillServe();
  }

  /** H11: the bytes of requests in flight are a quota of all clients together. */
  @Test
  void shouldAskToTryAgainWhenTooMuchIsInFlight() throws Exception {
    start(Limits.DEFAULT.withBody(1 << 16).withInFlight(1 << 16));
    try (Socket holding = open(head(60_000) + " ".repeat(50_000))) {
      byte[] body = " ".repeat(50_000).getBytes(StandardCharsets.UTF_8);
      HttpResponse<String> refused = null;
      for (int i = 0; i < 100 && (refused == null || refused.statusCode() != 429); i++) {
        Thread.sleep(20);
        refused = CLIENT.send(zipped(Bodies.zip(body)), BodyHandlers.ofString());
      }
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Retry-After")).contains("2");
      assertThat(refused.body()).contains("--otlp-in-flight");
    }
  }

  /** H12: headers that come byte by byte, on a fresh connection and on a used one. */
  @Test
  void shouldCloseConnectionsThatDripHeaders() throws Exception {
    start(IMPATIENT);
    try (Socket fresh = open("POST /v1/tr");
        Socket used = open(head(2) + "{}" + "POST /v1/traces HTTP/1.1\r\n")) {
      assertThat(drips(fresh)).isTrue();
      assertThat(drips(used)).isTrue();
    }
    shouldStillServe();
  }

  private static boolean drips(Socket socket) throws Exception {
    socket.setSoTimeout(100);
    for (int i = 0; i < 60; i++) {
      try {
        socket.getOutputStream().write('a');
        while (socket.getInputStream().read() >= 0) {}
        return true;
      } catch (IOException e) {
        if (!(e instanceof SocketTimeoutException)) {
          return true;
        }
      }
    }
    return false;
  }

  /** H12: bodies that come at a byte per second hold no thread and end with 408. */
  @Test
  void shouldTellManyClientsThatTheirBodiesAreSlow() throws Exception {
    start(IMPATIENT);
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      slow.add(open(head(1_000) + "{"));
    }
    shouldStillServe();
    for (Socket socket : slow) {
      assertThat(all(socket)).startsWith("HTTP/1.1 408").contains("bytes/s");
      socket.close();
    }
  }

  /** H12: header flood. */
  @Test
  void shouldRefuseHeadersWithoutEnd() throws Exception {
    start(Limits.DEFAULT);
    try (Socket flood =
        open(
            "POST /v1/traces HTTP/1.1\r\nHost: x\r\n" + "A: bbbbbbbb\r\n".repeat(1_000) + "\r\n")) {
      assertThat(all(flood)).startsWith("HTTP/1.1 431").doesNotContain("bbbbbbbb");
    }
  }

  /** H12: who comes when the house is full waits outside. */
  @Test
  void shouldHoldNoMoreThanItsConnections() throws Exception {
    start(Limits.DEFAULT.withConnections(2));
    try (Socket first = open("");
        Socket second = open("")) {
      Thread.sleep(200);
      try (Socket third = open(head(2) + "{}")) {
        third.setSoTimeout(500);
        assertThatThrownBy(() -> third.getInputStream().read())
            .isInstanceOf(SocketTimeoutException.class);
        first.close();
        third.setSoTimeout(10_000);
        assertThat(third.getInputStream().read()).isEqualTo('H');
      }
      assertThat(second.isConnected()).isTrue();
    }
  }

  /** H13: a header cannot be split. */
  @Test
  void shouldRefuseLineBreaksInHeaders() throws Exception {
    start(Limits.DEFAULT);
    try (Socket bad = open("POST /v1/traces HTTP/1.1\r\nHost: x\r\nA: b\rX: y\r\n\r\n")) {
      assertThat(all(bad)).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void shouldNotListenBeyondThisMachineWithoutTokens() {
    assertThatThrownBy(
            () ->
                OtlpReceiver.start(
                    new ReceiverConfig("0.0.0.0", 0, 0, null, Limits.DEFAULT), shelf))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "--otlp-host 0.0.0.0 lets others send: name a token file with --otlp-tokens,"
                + " or use 127.0.0.1");
  }

  @Test
  void shouldSayThatAPortIsTaken() throws Exception {
    start(Limits.DEFAULT);
    int taken = receiver.http().getPort();

    assertThatThrownBy(() -> OtlpReceiver.start(ReceiverConfig.loopback(taken, 0), shelf))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("--otlp-http-port");
  }
}
