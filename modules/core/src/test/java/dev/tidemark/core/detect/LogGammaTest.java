package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
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
  void shouldKnowWhatIsLeftBesideThePowerOfALargeOne() {
    Random random = new Random(3);
    for (int i = 0; i < 100_000; i++) {
      double by = random.nextInt(4) == 0 ? 1 : 40 * random.nextDouble();
      double from = Math.max(1, by) * (64 + Math.pow(10, 4 * random.nextDouble()));
      double rising = by * StrictMath.log(from) + LogGamma.afterPower(from, by);
      assertThat(LogGamma.isLarge(from, by)).isTrue();
      assertThat(rising).as("%s from %s", by, from).isCloseTo(exact(from, by), within(1e-8));
    }
    assertThat(LogGamma.isLarge(0.5, 1)).as("one step is the power itself").isTrue();
    assertThat(LogGamma.afterPower(0.5, 1)).isZero();
    assertThat(LogGamma.isLarge(63, 0.5)).isFalse();
  }

  private static double exact(double from, double by) {
    return LogGamma.of(from + by) - LogGamma.of(from);
  }

  @Test
  void shouldIntegrateTheBetaDensity() {
    assertThat(BetaCdf.of(1, 1, 0.3)).isCloseTo(0.3, within(1e-12));
    assertThat(BetaCdf.of(2, 3, 0.5)).isCloseTo(0.6875, within(1e-12));
    assertThat(BetaCdf.of(0.5, 0.5, 0.25)).isCloseTo(1.0 / 3, within(1e-10));
    assertThat(BetaCdf.above(0.5, 200.5, 0.2)).isBetween(0.0, 1e-18);
  }
}
