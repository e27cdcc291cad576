package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class EffectiveValuesTest {
  @Test
  void shouldAddUpTheLogarithmsOfAllValues() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    EffectiveValues values = new EffectiveValues();
    for (int i = 0; i < 2_000; i++) {
      Histogram window = RandomHistograms.some(random, 1L << random.nextInt(40));
      double phi = 1 + random.nextInt(3) * random.nextDouble();
      values.of(window, phi);
      double[] factors = new double[Histogram.SLOTS];
      double sum = 0;
      double size = 0;
      for (int bin = 0; bin < values.filled(); bin++) {
        double factor = Math.pow(10, 30 * random.nextDouble() - 15);
        factors[values.slot(bin)] = factor;
        double log = values.count(bin) * Math.log(factor);
        sum += log;
        size += Math.abs(log);
      }
      assertThat(values.log(factors)).as("seed %d", seed).isCloseTo(sum, within(1e-13 * size));
      assertThat(values.n()).isCloseTo(window.n() / phi, within(1e-12 * window.n()));
    }
  }

  @Test
  void shouldKnowNothingOfAnEmptyWindow() {
    EffectiveValues values = new EffectiveValues();
    values.of(RandomHistograms.some(new Random(1), 5), 1).of(new Histogram(0), 1);
    assertThat(values.filled()).isZero();
    assertThat(values.n()).isZero();
    assertThat(values.log(new double[0])).isZero();
  }
}
