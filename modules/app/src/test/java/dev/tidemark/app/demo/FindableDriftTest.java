package dev.tidemark.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.detect.Findability;
import org.junit.jupiter.api.Test;

class FindableDriftTest {
  private static final Findability STEADY = new Findability(true, 17, 16, 72, 20);

  @Test
  void shouldAskForHalfAsMuchAgainAsTheThreshold() {
    assertThat(FindableDrift.withReserve(STEADY, 107).findable()).isFalse();
    assertThat(FindableDrift.withReserve(STEADY, 108).findable()).isTrue();
    assertThat(FindableDrift.withReserve(STEADY, 107).neededCalls()).isEqualTo(108);
  }

  @Test
  void shouldLeaveTheImpossibleImpossible() {
    var never = new Findability(false, 3, 16, Findability.NEVER, 220);

    assertThat(FindableDrift.withReserve(never, 1_000_000)).isEqualTo(never);
  }
}
