package dev.tidemark.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.detect.Findability;
import org.junit.jupiter.api.Test;

class FindableDriftTest {
  private static final Findability STEADY = new Findability(true, 17, 16, 72, 20);

  @Test
  void shouldAskForAQuarterMoreThanASteadyRateNeeds() {
    assertThat(FindableDrift.withReserve(STEADY, 78).findable()).isFalse();
    assertThat(FindableDrift.withReserve(STEADY, 90).findable()).isTrue();
    assertThat(FindableDrift.withReserve(STEADY, 78).neededCalls()).isEqualTo(90);
  }

  @Test
  void shouldLeaveTheImpossibleImpossible() {
    var never = new Findability(false, 3, 16, Findability.NEVER, 220);

    assertThat(FindableDrift.withReserve(never, 1_000_000)).isEqualTo(never);
  }
}
