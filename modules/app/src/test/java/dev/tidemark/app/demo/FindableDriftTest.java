package dev.tidemark.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.detect.Findability;
import org.junit.jupiter.api.Test;

class FindableDriftTest {
  private static final Findability STEADY = new Findability(true, 17, 16, 72, 20);

  @Test
  void shouldAskForTwiceWhatASteadyRateNeeds() {
    assertThat(FindableDrift.withReserve(STEADY, 143).findable()).isFalse();
    assertThat(FindableDrift.withReserve(STEADY, 144).findable()).isTrue();
    assertThat(FindableDrift.withReserve(STEADY, 143).neededCalls()).isEqualTo(144);
  }

  @Test
  void shouldLeaveTheImpossibleImpossible() {
    var never = new Findability(false, 3, 16, Findability.NEVER, 220);

    assertThat(FindableDrift.withReserve(never, 1_000_000)).isEqualTo(never);
  }
}
