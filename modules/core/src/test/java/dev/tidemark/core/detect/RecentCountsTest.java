package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentCountsTest {
  private static final long HOUR_MS = 3_600_000;
  private final RecentCounts recent = new RecentCounts();

  @Test
  void shouldGoAlongWithASeason() {
    for (int hour = 0; hour < 24; hour++) {
      recent.learn(hour * HOUR_MS, 10_000, hour < 12 ? 1_500 : 500);
    }
    assertThat((double) recent.x() / recent.n()).isBetween(0.05, 0.06);
  }

  @Test
  void shouldKeepAllOfWhatIsRare() {
    for (int hour = 0; hour < 48; hour++) {
      recent.learn(hour * HOUR_MS, 100, 2);
    }
    assertThat(recent.n()).isEqualTo(4_800);
    assertThat(recent.x()).isEqualTo(96);
  }

  /** Silence forgets no more than it takes to keep enough events. */
  @Test
  void shouldKeepEnoughThroughSilence() {
    recent.learn(0, 100_000, 5_000);
    recent.learn(1_000 * HOUR_MS, 1, 0);
    assertThat(recent.x()).isBetween(150L, 200L);
  }

  @Test
  void shouldTakeBackNoMoreThanItHolds() {
    recent.learn(0, 10, 3);
    recent.rollBack(20, 20);
    assertThat(recent.n()).isZero();
    assertThat(recent.x()).isZero();
  }
}
