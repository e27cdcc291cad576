package dev.tidemark.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class ChanceTest {
  private static final int DRAWS = 200_000;
  private final Chance chance = new Chance(1, 2);

  @Test
  void shouldDrawBinomialCountsSmallAndLarge() {
    check(() -> chance.binomial(50, 0.01), 0.5, 0.495);
    check(() -> chance.binomial(50, 0.7), 35, 10.5);
    check(() -> chance.binomial(400, 0.3), 120, 84);
  }

  @Test
  void shouldDrawPoissonCountsSmallAndLarge() {
    check(() -> chance.poisson(0.3), 0.3, 0.3);
    check(() -> chance.poisson(80), 80, 80);
  }

  @Test
  void shouldDrawPositiveCountsAsIfEmptyWindowsHadBeenLeftOut() {
    double mean = 0.4 / (1 - Math.exp(-0.4));
    check(() -> chance.positivePoisson(0.4), mean, mean * (1 + 0.4) - mean * mean);
  }

  @Test
  void shouldDrawRatesOfRunsWithTheCorrelationAskedFor() {
    check(() -> chance.runRate(0.1, 0.2), 0.1, 0.2 * 0.09);
  }

  @Test
  void shouldRepeatItself() {
    assertThat(new Chance(3, 4).uniform()).isEqualTo(new Chance(3, 4).uniform());
    assertThat(new Chance(3, 4).uniform()).isNotEqualTo(new Chance(4, 4).uniform());
    assertThat(new Chance(3, 4).uniform()).isNotEqualTo(new Chance(3, 5).uniform());
  }

  /** The generator adds a constant per draw: seeds that differ by it would be one sequence. */
  @Test
  void shouldNotRepeatOneSeedsSequenceInAnother() {
    Set<Double> seen = new HashSet<>();
    for (long seed = 1; seed <= 5; seed++) {
      for (long stream = 0; stream < 5; stream++) {
        Chance other = new Chance(seed, stream);
        for (int i = 0; i < 200; i++) {
          assertThat(seen.add(other.uniform())).isTrue();
        }
      }
    }
  }

  private static void check(DoubleSupplier draw, double mean, double variance) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
      double value = draw.getAsDouble();
      sum += value;
      squares += value * value;
    }
    double seen = sum / DRAWS;
    assertThat(seen).isCloseTo(mean, within(5 * Math.sqrt(variance / DRAWS)));
    assertThat(squares / DRAWS - seen * seen).isCloseTo(variance, within(0.03 * variance));
  }
}
