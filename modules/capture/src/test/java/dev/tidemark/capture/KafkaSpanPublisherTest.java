package dev.tidemark.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.records.AgentSpan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

/** What an agent is promised when Kafka is away: nothing listens where these publishers look. */
class KafkaSpanPublisherTest {

  @Test
  void shouldNotHoldUpTheAgentWhenTheBrokerIsDown() throws IOException {
    try (var publisher = KafkaSpanPublisher.open(nobody().queueRecords(100))) {
      AgentSpan span = Samples.span(1, 1);
      publisher.publish(span, SpanPublisher.NOW);
      long start = System.nanoTime();
      for (int i = 0; i < 10_000; i++) {
        publisher.publish(span, SpanPublisher.NOW);
      }
      double microsPerRecord = (System.nanoTime() - start) / 1e3 / 10_000;
      assertThat(microsPerRecord).isLessThan(1_000);
      CaptureCounters counters = publisher.counters();
      assertThat(counters.dropped().get(DropReason.QUEUE_FULL)).isBetween(9_800L, 10_000L);
      assertThat(counters.accepted())
          .isEqualTo(counters.sent() + counters.droppedInAll() + counters.inFlight());
    }
  }

  @Test
  void shouldCountWhatWaitedWhenItCloses() throws IOException {
    var publisher = KafkaSpanPublisher.open(nobody().closeLimit(Duration.ofMillis(200)));
    for (int i = 0; i < 50; i++) {
      publisher.publish(Samples.span(1, i), SpanPublisher.NOW);
      publisher.publish(Samples.event(1, i), SpanPublisher.NOW);
    }
    publisher.heartbeat(1);
    long start = System.nanoTime();
    publisher.close();
    publisher.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    publisher.publish(Samples.span(1, 99), SpanPublisher.NOW);
    CaptureCounters counters = publisher.counters();
    assertThat(counters.accepted()).isEqualTo(101);
    assertThat(counters.dropped()).containsEntry(DropReason.CLOSED, 101L);
    assertThat(counters.inFlight()).isZero();
    assertThat(publisher.flush(Duration.ZERO)).isTrue();
  }

  @Test
  void shouldLetAPlayerGoWhenItClosesWhileThePlayerWaits() throws Exception {
    var publisher =
        KafkaSpanPublisher.open(
            nobody().overflow(Overflow.WAIT).queueRecords(1).closeLimit(Duration.ofMillis(100)));
    var player =
        new Thread(
            () -> {
              for (int i = 0; i < 5; i++) {
                publisher.publish(Samples.span(1, i), SpanPublisher.NOW);
              }
            });
    player.start();
    player.join(300);
    assertThat(player.isAlive()).isTrue();
    publisher.close();
    player.join(5_000);
    assertThat(player.isAlive()).isFalse();
    assertThat(publisher.counters().droppedInAll()).isEqualTo(5);
    assertThat(publisher.counters().inFlight()).isZero();
  }

  @Test
  void shouldSurviveRecordsThatAreNone() throws IOException {
    try (var publisher = KafkaSpanPublisher.open(nobody().closeLimit(Duration.ZERO))) {
      publisher.publish((AgentSpan) null, SpanPublisher.NOW);
      publisher.publish(new AgentSpan(), SpanPublisher.NOW);
      assertThat(publisher.flush(Duration.ofSeconds(5))).isTrue();
      assertThat(publisher.counters().dropped()).containsEntry(DropReason.SERIALIZATION, 2L);
    }
  }

  @Test
  void shouldSayWhichSettingIsMissingOrWrong() {
    assertThatThrownBy(() -> CaptureConfig.of(Map.of("bootstrap.servers", "127.0.0.1:9092")))
        .hasMessage("capture has no 'schema.registry.url': add it to the client settings");
    assertThatThrownBy(() -> config("127.0.0.1:9").queueRecords(0))
        .hasMessage("queue size in records is 0: use a value from 1 to 1000000");
    assertThatThrownBy(() -> config("127.0.0.1:9").hashKey(new byte[3]))
        .hasMessageStartingWith("hash key has 3 bytes: give at least 16");
    var wrong =
        CaptureConfig.of(
            Map.of(
                "bootstrap.servers", "127.0.0.1:9",
                "schema.registry.url", "mock://wrong",
                "linger.ms", "soon"));
    assertThatThrownBy(() -> KafkaSpanPublisher.open(wrong)).isInstanceOf(ConfigException.class);
  }

  @Test
  void shouldNotPrintPasswords() {
    var secret =
        CaptureConfig.of(
            Map.of(
                "bootstrap.servers", "127.0.0.1:9",
                "schema.registry.url", "mock://secret",
                "sasl.jaas.config", "password=tide"));
    assertThat(secret.toString()).doesNotContain("tide,").doesNotContain("password");
  }

  private static CaptureConfig nobody() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return config("127.0.0.1:" + socket.getLocalPort());
    }
  }

  private static CaptureConfig config(String servers) {
    return CaptureConfig.of(
        Map.of("bootstrap.servers", servers, "schema.registry.url", "mock://nobody"));
  }
}
