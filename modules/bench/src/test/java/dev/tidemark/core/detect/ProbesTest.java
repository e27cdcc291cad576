package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.Signal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProbesTest {
  private static final long WINDOW_MS = 15_000;
  private static final int CALLS = 50;

  private static int events(SplittableRandom random, double rate) {
    int events = 0;
    for (int call = 0; call < CALLS; call++) {
      events += random.nextDouble() < rate ? 1 : 0;
    }
    return events;
  }

  @Test
  void shouldKeepTheBudgetOfTheMixtureAndFindADoubling() {
    MixtureProbe known = MixtureProbe.known(0.1, true, 1e-3, CALLS);
    MixtureProbe learning = MixtureProbe.learning(true, 1e-3);
    SplittableRandom random = new SplittableRandom(1);
    int alarms = 0;
    int learned = 0;
    for (int i = 0; i < 20_000; i++) {
      int x = events(random, 0.1);
      alarms += known.observe(CALLS, x) ? 1 : 0;
      learned += learning.observe(CALLS, x) ? 1 : 0;
    }
    assertThat(alarms).isBetween(1, 30);
    assertThat(learned).isBetween(1, 30);
    int after = 0;
    while (!known.observe(CALLS, events(random, 0.2))) {
      after++;
    }
    assertThat(after).isLessThan(20);
  }

  @Test
  void shouldNotAlarmInOneWindowWhereThatIsCapped() {
    assertThat(MixtureProbe.known(0.1, true, 1e-5, CALLS).observe(CALLS, CALLS)).isTrue();
    MixtureProbe capped = MixtureProbe.capped(0.1, true, 1e-5, CALLS);
    assertThat(capped.observe(CALLS, CALLS)).isFalse();
    assertThat(capped.observe(CALLS, CALLS)).isTrue();
  }

  @Test
  void shouldFindASmallDriftOnceSeasonsAreNoReasonToWait() {
    SplittableRandom random = new SplittableRandom(2);
    RateProbe settled = RateProbe.settled(0.06);
    RateProbe young = RateProbe.self(0.06);
    boolean told = false;
    for (int i = 0; i < 3_000; i++) {
      int x = events(random, i < 2_000 ? 0.1 : 0.15);
      told |= observe(settled, i, x);
      assertThat(observe(young, i, x)).isFalse();
    }
    assertThat(told).isTrue();
    assertThat(settled.alarm().changeMs()).isBetween(1_900 * WINDOW_MS, 2_050 * WINDOW_MS);
  }

  @Test
  void shouldCompareValuesWithThePreviousVersions() {
    SplittableRandom random = new SplittableRandom(3);
    QuantityProbe first = QuantityProbe.self(Signal.LATENCY, 1e-3);
    for (int i = 0; i < 400; i++) {
      assertThat(first.observe(i * WINDOW_MS, (i + 1) * WINDOW_MS, batch(random, 1))).isFalse();
    }
    QuantityProbe same = first.next(1e-3);
    QuantityProbe twice = first.next(1e-3);
    boolean told = false;
    for (int i = 400; i < 500; i++) {
      assertThat(same.observe(i * WINDOW_MS, (i + 1) * WINDOW_MS, batch(random, 1))).isFalse();
      told |= twice.observe(i * WINDOW_MS, (i + 1) * WINDOW_MS, batch(random, 2));
    }
    assertThat(told).isTrue();
  }

  private static QuantityProbe.Batch batch(SplittableRandom random, double factor) {
    long[] values = new long[CALLS];
    for (int i = 0; i < CALLS; i++) {
      values[i] = (long) (factor * 800_000 * Math.exp(random.nextGaussian()));
    }
    return QuantityProbe.Batch.of(Signal.LATENCY, values);
  }

  private static boolean observe(RateProbe probe, int i, int x) {
    long start = i * WINDOW_MS;
    return probe.observe(start, start + WINDOW_MS, CALLS, x, CALLS, CALLS, x, x);
  }
}
