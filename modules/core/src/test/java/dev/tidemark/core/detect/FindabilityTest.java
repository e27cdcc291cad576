package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FindabilityTest {
  private static final double NATS = 11;

  @Test
  void shouldFindAGuardThatStartsToDeny() {
    Findability guard = Findability.of(486, 0, 471, 405, 2, NATS);
    assertThat(guard.findable()).isTrue();
    assertThat(guard.neededCalls()).isBetween(5L, 30L);
  }

  @Test
  void shouldSayHowManyCallsAreMissing() {
    Findability early = Findability.of(2000, 100, 60, 6, 1.25, NATS);
    assertThat(early.findable()).isFalse();
    assertThat(early.neededCalls()).isBetween(400L, 5000L);
    long needed = early.neededCalls();
    assertThat(Findability.of(2000, 100, 10 * needed, needed, 1.25, NATS).findable()).isTrue();
  }

  /** Log of the odds aside, twenty calls cannot tell 10 % from 20 % however long one looks. */
  @Test
  void shouldSayThatTheBaselineIsTooSmall() {
    Findability tiny = Findability.of(20, 2, 100_000, 20_000, 1, NATS);
    assertThat(tiny.findable()).isFalse();
    assertThat(tiny.neededCalls()).isEqualTo(Findability.NEVER);
    assertThat(tiny.neededBaseline()).isBetween(100L, 2000L);
  }

  @Test
  void shouldFindAFallToo() {
    assertThat(Findability.of(500, 350, 200, 64, 1.25, NATS).findable()).isTrue();
    assertThat(Findability.of(500, 350, 200, 138, 1.25, NATS).findable()).isFalse();
  }

  @Test
  void shouldCostMoreWhenCallsGoTogether() {
    double one = Findability.of(500, 25, 500, 75, 1, NATS).evidence();
    assertThat(Findability.of(500, 25, 500, 75, 4, NATS).evidence()).isLessThan(one / 2);
  }

  @Test
  void shouldCountWhatADoublingStillNeeds() {
    assertThat(Findability.missingForDoubling(1000, 10, 1, NATS)).isBetween(2500L, 6000L);
    assertThat(Findability.missingForDoubling(50_000, 2500, 2, NATS)).isZero();
  }

  @Test
  void shouldRefuseMoreEventsThanTrials() {
    assertThatThrownBy(() -> Findability.of(10, 11, 1, 0, 1, NATS))
        .hasMessageContaining("11 of 10");
  }
}
