package dev.tidemark.streams.observe;

import static dev.tidemark.testkit.Ids.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.AgentRun;
import dev.tidemark.testkit.Spans;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObserveErasureTest {
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final long T0 = Spans.T0;
  private final ObserveHarness observe =
      new ObserveHarness(
          ObserveConfig.of(1, 1).withClock(ObserveConfig.ArrivalClock.PRODUCER),
          Instant.ofEpochMilli(T0));

  @AfterEach
  void close() {
    observe.close();
  }

  private void run(String name, String span, long endMs) {
    observe.pipe(Spans.run(name, span).endMs(endMs).build(), endMs + 100);
  }

  private void passed(long arrivalMs) {
    observe.heartbeat(arrivalMs);
    observe.beat(BEAT);
  }

  @Test
  void shouldForgetASummaryAndSayIt() {
    run("gone", "root", T0);
    run("kept", "root", T0);
    passed(T0 + 60_000);
    assertThat(observe.runs()).hasSize(2);
    observe.erase(trace("gone"), T0 + 61_000);
    assertThat(observe.runs()).containsExactly((AgentRun) null);
    assertThat(observe.kept(trace("gone"))).isZero();
    assertThat(observe.kept(trace("kept"))).isEqualTo(1);
  }

  @Test
  void shouldNotTellAnErasedRunAgainWhenMoreOfItComes() {
    run("gone", "root", T0);
    passed(T0 + 60_000);
    observe.erase(trace("gone"), T0 + 61_000);
    observe.runs();
    observe.pipe(Spans.tool("gone", "late", "search").endMs(T0 + 62_000).build(), T0 + 62_100);
    run("after", "root", T0 + 63_000);
    passed(T0 + 180_000);
    assertThat(observe.runs()).extracting(AgentRun::getTraceId).containsExactly(trace("after"));
    assertThat(observe.kept(trace("gone"))).isZero();
  }

  @Test
  void shouldNotSumUpARunThatWasErasedWhileItWasOpen() {
    run("gone", "root", T0);
    observe.erase(trace("gone"), T0 + 1_000);
    observe.runs();
    passed(T0 + 60_000);
    assertThat(observe.runs()).isEmpty();
    assertThat(observe.windows()).as("what it counted stays").isNotEmpty();
  }

  @Test
  void shouldEraseNothingWithoutTheMark() {
    run("kept", "root", T0);
    passed(T0 + 60_000);
    observe.runs();
    observe.raw(dev.tidemark.wire.Topics.plain().spans(), trace("kept"), null, T0 + 61_000);
    assertThat(observe.runs()).isEmpty();
    assertThat(observe.kept(trace("kept"))).isEqualTo(1);
  }
}
