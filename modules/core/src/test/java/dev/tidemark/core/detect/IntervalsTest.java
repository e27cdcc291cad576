package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidemark.records.RateEvidence;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IntervalsTest {
  @Test
  void shouldGiveJeffreysInterval() {
    RateEvidence none = Intervals.jeffreys(10, 0, 1);
    assertThat(none.getLow()).isZero();
    assertThat(none.getHigh()).isCloseTo(0.2172, within(1e-3));
    RateEvidence half = Intervals.jeffreys(20, 10, 1);
    assertThat(half.getLow() + half.getHigh()).isCloseTo(1, within(1e-9));
  }

  @Test
  void shouldWidenWithDispersion() {
    RateEvidence iid = Intervals.jeffreys(100, 20, 1);
    RateEvidence clustered = Intervals.jeffreys(100, 20, 4);
    assertThat(clustered.getHigh() - clustered.getLow())
        .isGreaterThan(iid.getHigh() - iid.getLow());
    assertThat(clustered.getRate()).isEqualTo(0.2);
  }

  /** One miss in twenty series at most, although every call is a look. */
  @Test
  void shouldHoldAtEveryLookAtOnce() {
    int seed = 17;
    Random random = new Random(seed);
    int missed = 0;
    for (int series = 0; series < 200; series++) {
      long x = 0;
      boolean miss = false;
      for (int n = 1; n <= 150; n++) {
        x += random.nextDouble() < 0.3 ? 1 : 0;
        RateEvidence now = Intervals.anytime(n, x, 1);
        miss |= now.getLow() > 0.3 || now.getHigh() < 0.3;
      }
      missed += miss ? 1 : 0;
    }
    assertThat(missed).as("seed %d", seed).isLessThanOrEqualTo(16);
  }

  @Test
  void shouldKnowNothingWithoutTrials() {
    RateEvidence nothing = Intervals.anytime(0, 0, 2);
    assertThat(nothing.getLow()).isZero();
    assertThat(nothing.getHigh()).isEqualTo(1);
  }
}
