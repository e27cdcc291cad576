package dev.tidemark.bench.windows;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private final Arrivals arrivals = new Arrivals(2, 1_000, 500);

  @Test
  void shouldWaitForTheLastSource() {
    arrivals.at(0, 10_400);
    arrivals.at(0, 10_510);
    assertThat(arrivals.passedMs(10_000)).isZero();

    arrivals.at(1, 10_600);
    assertThat(arrivals.passedMs(10_000)).isEqualTo(10_600);
  }

  @Test
  void shouldKeepTheFirstArrivalThatPassed() {
    arrivals.at(0, 10_510);
    arrivals.at(1, 10_520);
    arrivals.at(0, 10_900);
    arrivals.at(1, 10_950);

    assertThat(arrivals.passedMs(10_000)).isEqualTo(10_520);
  }
}
