package dev.tidemark.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class TicksTest {
  @Test
  void shouldTellTheEndItWasWrittenWith() {
    assertThat(Ticks.endMs(Ticks.headers(1_790_000_010_000L))).hasValue(1_790_000_010_000L);
  }

  @Test
  void shouldBeEightBytesMostSignificantFirst() {
    assertThat(Ticks.headers(258).lastHeader("tidemark-watermark").value())
        .containsExactly(0, 0, 0, 0, 0, 0, 1, 2);
  }

  @Test
  void shouldNotTakeAnythingElseForATick() {
    assertThat(Ticks.endMs(new RecordHeaders())).isEmpty();
    assertThat(Ticks.endMs(new RecordHeaders().add(Ticks.HEADER, new byte[4]))).isEmpty();
    assertThat(Ticks.endMs(new RecordHeaders().add(Ticks.HEADER, null))).isEmpty();
  }
}
