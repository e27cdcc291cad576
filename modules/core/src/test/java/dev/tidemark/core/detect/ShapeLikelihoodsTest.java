package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShapeLikelihoodsTest {
  private static final double[] BINS = {0.33, 2.5, -0.7, 4};
  private static final double[] STAY = {0.02, 0.02, 0.02, 0.95};
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final EffectiveValues values = new EffectiveValues();
  private final ShapeLikelihoods shapes = new ShapeLikelihoods(BINS, STAY);
  private final double[] logs = new double[BINS.length];

  /** What leaves the range is lost, so a shape may be less than a distribution, never more. */
  @Test
  void shouldNeverBeMoreThanADistribution() {
    for (int round = 0; round < 200; round++) {
      Histogram part = RandomHistograms.some(random, 1_000);
      Histogram anchor = RandomHistograms.some(random, 1L << random.nextInt(24));
      anchor.add(part);
      part = random.nextInt(3) == 0 ? null : part;
      boolean learned = random.nextBoolean();
      double[] sums = new double[BINS.length];
      for (int bin = 0; bin < Histogram.BINS; bin++) {
        values.of(RandomHistograms.single(bin), 1);
        follow(part, learned, anchor);
        for (int k = 0; k < sums.length; k++) {
          sums[k] += Math.exp(logs[k]);
        }
      }
      assertThat(Arrays.stream(sums))
          .as("seed %d", seed)
          .allMatch(sum -> sum > 0.01 && sum < 1 + 1e-9);
    }
  }

  @Test
  void shouldMoveWhatWasSeenAndLeaveZeroes() {
    Histogram anchor = new Histogram(-1);
    for (int i = 0; i < 1_000_000; i++) {
      anchor.add(i % 2 == 0 ? 0 : 1_000);
    }
    Histogram doubled = new Histogram(-1);
    doubled.add(4_000);
    values.of(doubled, 1);
    follow(null, false, anchor);
    assertThat(Math.exp(logs[3])).as("a twentieth moved by four").isCloseTo(0.025, within(1e-3));
    assertThat(logs[0]).as("no shape but the tail reaches so far").isLessThan(-9);
    values.of(RandomHistograms.single(0), 1);
    follow(null, false, anchor);
    assertThat(Arrays.stream(logs)).allMatch(log -> Math.abs(Math.exp(log) - 0.5) < 1e-3);
  }

  @Test
  void shouldLearnFromWhatCameSinceTheChange() {
    Histogram anchor = RandomHistograms.single(20);
    Histogram since = new Histogram(0);
    for (int i = 0; i < 30_000; i++) {
      since.add(RandomHistograms.single(40));
    }
    for (int i = 0; i < 200_000; i++) {
      anchor.add(RandomHistograms.single(20));
    }
    anchor.add(since);
    values.of(RandomHistograms.single(40), 1);
    follow(since, true, anchor);
    assertThat(Arrays.stream(logs))
        .allMatch(log -> Math.abs(Math.exp(log) - 30_000.0 / 33_000) < 1e-3);
    follow(since, false, anchor);
    assertThat(Arrays.stream(logs)).allMatch(log -> log < -10);
  }

  private void follow(Histogram since, boolean learned, Histogram anchor) {
    shapes.of(anchor, values.weight());
    for (int k = 0; k < BINS.length; k++) {
      logs[k] = shapes.log(k, since, learned, values);
    }
  }
}
