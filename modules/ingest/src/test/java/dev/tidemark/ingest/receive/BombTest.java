package dev.tidemark.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What ten megabytes that unpack to ten gibibytes cost a process that has little. */
class BombTest {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Heap, and what a JVM with its code, threads and buffers needs beside it. */
  private static final long MOST_MIB = SmallReceiver.HEAP_MIB + 128;

  @TempDir private Path directory;

  private static HttpRequest zipped(URI http, byte[] body) {
    return HttpRequest.newBuilder(http.resolve("/v1/traces"))
        .header("Content-Type", "application/x-protobuf")
        .header("Content-Encoding", "gzip")
        .timeout(Duration.ofSeconds(30))
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }

  /** H2: one after the other, so that each is unpacked. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldCostBoundedMemoryAndA413() throws Exception {
    byte[] bomb = Bodies.bombs(160);
    byte[] good = Bodies.zip(Bodies.request(Bodies.TRACE).toByteArray());
    Path log = directory.resolve("receiver.log");
    assertThat(bomb.length).isBetween(10_000_000, 12_000_000);
    try (SmallReceiver receiver = SmallReceiver.start(log)) {
      for (int i = 0; i < 5; i++) {
        HttpResponse<String> answer =
            CLIENT.send(zipped(receiver.http(), bomb), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("--otlp-max-body");
      }
      assertThat(CLIENT.send(zipped(receiver.http(), good), BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
      assertThat(receiver.mostResidentMib()).isLessThan(MOST_MIB);
    }
    assertThat(Files.readString(log)).doesNotContain("OutOfMemoryError");
  }
}
