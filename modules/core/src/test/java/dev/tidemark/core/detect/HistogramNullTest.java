package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** What makes an alarm's budget true: every likelihood is a distribution, given the past. */
class HistogramNullTest {
  private static final int ROUNDS = 200;
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final EffectiveValues values = new EffectiveValues();
  private final HistogramNull belief = new HistogramNull();

  @Test
  void shouldBeADistributionOverTheBins() {
    for (int round = 0; round < ROUNDS; round++) {
      Histogram seen = RandomHistograms.some(random, 1L << random.nextInt(24));
      Histogram own = RandomHistograms.some(random, 1_000);
      double predictive = 0;
      double alone = 0;
      double shares = 0;
      for (int bin = 0; bin < Histogram.BINS; bin++) {
        values.of(RandomHistograms.single(bin), 1);
        belief.of(seen, 1);
        predictive += Math.exp(belief.logPredictive(values));
        alone += Math.exp(belief.logOwn(own, values, 8));
        shares += belief.share(bin);
      }
      assertThat(predictive).as("seed %d", seed).isCloseTo(1, within(1e-9));
      assertThat(alone).as("seed %d", seed).isCloseTo(1, within(1e-9));
      assertThat(shares).as("seed %d", seed).isCloseTo(1, within(1e-9));
    }
  }

  /** Two windows one after the other are as likely as both at once. */
  @Test
  void shouldMultiplyFromWindowToWindow() {
    for (int round = 0; round < ROUNDS; round++) {
      double phi = 1 + random.nextDouble();
      Histogram seen = RandomHistograms.some(random, 2_000);
      Histogram first = RandomHistograms.some(random, 20);
      Histogram then = RandomHistograms.some(random, 20);
      Histogram both = first.copy();
      both.add(then);
      double together = likelihood(seen, both, phi);
      double one = likelihood(seen, first, phi);
      seen.add(first);
      assertThat(one + likelihood(seen, then, phi))
          .as("seed %d", seed)
          .isCloseTo(together, within(1e-7));
    }
  }

  private double likelihood(Histogram seen, Histogram window, double phi) {
    values.of(window, phi);
    return belief.of(seen, values.weight()).logPredictive(values);
  }
}
