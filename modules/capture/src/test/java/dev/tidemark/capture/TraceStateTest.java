package dev.tidemark.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other tracing systems wrote is handed on, in order, and nothing else is. */
class TraceStateTest {
  private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private static TraceContext received(String... states) {
    var headers = new RecordHeaders();
    headers.add(TraceContext.HEADER, PARENT.getBytes(StandardCharsets.UTF_8));
    for (String state : states) {
      headers.add(TraceState.HEADER, state.getBytes(StandardCharsets.UTF_8));
    }
    return TraceContext.extract(headers).orElseThrow();
  }

  @Test
  void shouldHandOnTheExampleOfTheStandard() {
    var headers = new RecordHeaders();
    TraceContext context = received("rojo=00f067aa0ba902b7, congo=t61rcWkgMzE ,");
    context.inject(headers);
    context.inject(headers);

    assertThat(context.traceState()).isEqualTo("rojo=00f067aa0ba902b7,congo=t61rcWkgMzE");
    assertThat(TraceContext.extract(headers)).contains(context);
    assertThat(headers.toArray()).hasSize(2);
  }

  @Test
  void shouldReadSeveralHeadersAsOneList() {
    assertThat(received("a=1,b=2", "tenant@vendor=3").traceState())
        .isEqualTo("a=1,b=2,tenant@vendor=3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "=1", "A=1", "a=1,a=2", "a=b=c", "a=\u00e9", "a=\u0007", "a@b@c=1"})
  void shouldDropAStateThatBreaksTheStandardAndKeepTheContext(String state) {
    assertThat(received("ok=1", state).traceState()).isEmpty();
  }

  @Test
  void shouldHoldNoMoreThanTheStandardAsks() {
    String many =
        IntStream.range(0, 33).mapToObj(i -> "k" + i + "=1").collect(Collectors.joining(","));
    String large = "big=" + "x".repeat(200);
    String small =
        IntStream.range(0, 30)
            .mapToObj(i -> "k" + i + "=" + "y".repeat(14))
            .collect(Collectors.joining(","));

    assertThat(received(many).traceState()).isEmpty();
    assertThat(received(large + "," + small).traceState())
        .startsWith("k0=")
        .hasSizeLessThanOrEqualTo(512);
    assertThat(received(large).traceState()).isEqualTo(large);
  }

  /** What is called by a run says what the run was told by its caller. */
  @Test
  void shouldFollowRunsAndCalls() {
    CaptureConfig config =
        CaptureConfig.of(
            Map.of("bootstrap.servers", "127.0.0.1:9", "schema.registry.url", "mock://state"));
    var capture = AgentCapture.of(config, new Inbox());
    try (Run run = capture.startRun("booking").within(received("a=1")).start();
        ToolCall call = run.toolCall("search")) {
      assertThat(run.context().traceState()).isEqualTo("a=1");
      assertThat(call.context().traceState()).isEqualTo("a=1");
      call.ok();
    }
  }
}
