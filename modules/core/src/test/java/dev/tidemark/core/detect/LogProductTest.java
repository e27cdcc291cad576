package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LogProductTest {
  private final LogProduct product = new LogProduct();

  @Test
  void shouldAddUpLogarithmsOfAnySize() {
    Random random = new Random(6);
    double sum = 0;
    for (int i = 0; i < 10_000; i++) {
      double factor = Math.pow(10, 24 * random.nextDouble() - 12);
      long power = random.nextInt(20);
      product.times(factor, power);
      sum += power * Math.log(factor);
    }
    assertThat(product.ln()).isCloseTo(sum, within(1e-12 * Math.abs(sum) + 1e-7));
  }

  @Test
  void shouldTellRatiosOfGammaFunctions() {
    for (long count : new long[] {0, 1, 5, 8, 9, 500}) {
      for (double from : new double[] {0.5, 3.25, 200_000.5}) {
        double ratio = LogGamma.of(from + count) - LogGamma.of(from);
        assertThat(product.clear().rising(from, count).ln())
            .as("%s of %s", count, from)
            .isCloseTo(ratio, within(1e-8));
      }
    }
  }

  @Test
  void shouldBeNothingAtFirst() {
    assertThat(product.ln()).isZero();
    assertThat(product.times(3, 2).clear().ln()).isZero();
  }
}
