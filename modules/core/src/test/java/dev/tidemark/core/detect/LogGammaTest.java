package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogGammaTest {
  @Test
  void shouldKnowFactorialsAndHalves() {
    assertThat(LogGamma.of(1)).isCloseTo(0, within(1e-12));
    assertThat(LogGamma.of(11)).isCloseTo(Math.log(3_628_800), within(1e-11));
    assertThat(LogGamma.of(0.5)).isCloseTo(Math.log(Math.PI) / 2, within(1e-12));
  }

  @Test
  void shouldKeepTheRecurrenceOverTheShift() {
    for (double x = 0.1; x < 40; x += 0.37) {
      assertThat(LogGamma.of(x + 1)).isCloseTo(LogGamma.of(x) + Math.log(x), within(1e-10));
    }
  }

  @Test
  void shouldIntegrateTheBetaDensity() {
    assertThat(BetaCdf.of(1, 1, 0.3)).isCloseTo(0.3, within(1e-12));
    assertThat(BetaCdf.of(2, 3, 0.5)).isCloseTo(0.6875, within(1e-12));
    assertThat(BetaCdf.of(0.5, 0.5, 0.25)).isCloseTo(1.0 / 3, within(1e-10));
    assertThat(BetaCdf.above(0.5, 200.5, 0.2)).isBetween(0.0, 1e-18);
  }
}
