package dev.tidemark.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BoundsTest {
  @Test
  void shouldGiveTheTabulatedPoissonIntervals() {
    assertThat(Bounds.poissonLow(0)).isZero();
    assertThat(Bounds.poissonHigh(0)).isCloseTo(3.6889, within(1e-3));
    assertThat(Bounds.poissonLow(1)).isCloseTo(0.0253, within(1e-3));
    assertThat(Bounds.poissonHigh(1)).isCloseTo(5.5716, within(1e-3));
    assertThat(Bounds.poissonLow(100)).isCloseTo(81.36, within(0.01));
    assertThat(Bounds.poissonHigh(100)).isCloseTo(121.63, within(0.01));
  }

  @Test
  void shouldHoldForLargeCounts() {
    assertThat(Bounds.poissonHigh(30_000))
        .isCloseTo(30_000 + 1.96 * Math.sqrt(30_000), within(5.0));
  }

  @Test
  void shouldGiveTheTabulatedIntervalsOfShares() {
    assertThat(Bounds.shareLow(5, 10)).isCloseTo(0.1871, within(1e-3));
    assertThat(Bounds.shareHigh(5, 10)).isCloseTo(0.8129, within(1e-3));
    assertThat(Bounds.shareLow(0, 10)).isZero();
    assertThat(Bounds.shareHigh(0, 10)).isCloseTo(0.3085, within(1e-3));
    assertThat(Bounds.shareHigh(10, 10)).isEqualTo(1);
  }
}
