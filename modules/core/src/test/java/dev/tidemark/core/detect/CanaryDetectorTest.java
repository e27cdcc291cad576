package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.Direction;
import dev.tidemark.records.Signal;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two versions at once; the old one has nine calls of ten, both share a season of 50 %. */
class CanaryDetectorTest {
  private static final BudgetPlan PLAN = new BudgetPlan(1, 1, 1);
  private static final double SHARE = 1e-3;
  private static final Dispersion RUNS = new Dispersion(Signal.ERROR_RATE);
  private final CanaryDetector canary = new CanaryDetector(1);

  @Test
  void shouldNotTakeASeasonForADrift() {
    int alarms = 0;
    for (int seed = 1; seed <= 20; seed++) {
      alarms += found(new CanaryDetector(1), new Random(seed), 1, 5760) < 5760 ? 1 : 0;
    }
    assertThat(alarms).as("20 days, 0.04 allowed, seeds 1 to 20").isLessThanOrEqualTo(1);
  }

  @Test
  void shouldFindADoublingWhateverTheHour() {
    int windows = found(canary, new Random(5), 2, 5760);
    long sum = 0;
    for (int seed = 1; seed <= 20; seed++) {
      sum += found(new CanaryDetector(1), new Random(seed), 2, 5760);
    }
    assertThat(sum / 20)
        .as("mean windows of five calls, seeds 1 to 20; now %d", windows)
        .isLessThan(300);
    assertThat(canary.firing().direction()).isEqualTo(Direction.UP);
    assertThat(canary.firing().ratio()).isBetween(1.4, 5.0);
    assertThat(canary.firing().before().n()).isGreaterThan(canary.firing().after().n());
  }

  @Test
  void shouldFindThatTheNewVersionIsBetter() {
    found(canary, new Random(6), 0.3, 5760);
    assertThat(canary.firing().direction()).isEqualTo(Direction.DOWN);
  }

  /** Of nothing in both, of everything in both, and of a window of one call nothing follows. */
  @Test
  void shouldBeFiniteAtTheEdges() {
    long[][] windows = {{1, 0, 1, 0}, {5, 5, 7, 7}, {1, 1, 100_000, 3}, {40_000, 39_000, 5, 5}};
    for (long[] w : windows) {
      Slice mine = new Slice(0, 0, 15_000, w[0], w[1]);
      canary.observe(mine, new SignalCounts(w[2], w[3], 0, 0, 0, 0), RUNS, PLAN, SHARE);
      StateWriter out = new StateWriter();
      canary.write(out);
      assertThat(out.toBytes()).isNotEmpty();
    }
  }

  @Test
  void shouldComeBackFromBytes() {
    found(canary, new Random(7), 2, 5760);
    StateWriter out = new StateWriter();
    canary.write(out);
    StateWriter again = new StateWriter();
    CanaryDetector.read(new StateReader(out.toBytes())).write(again);
    assertThat(again.toBytes()).isEqualTo(out.toBytes());
  }

  private static int found(CanaryDetector canary, Random random, double times, int windows) {
    for (int w = 0; w < windows; w++) {
      double season = 1 + 0.5 * Math.sin(2 * Math.PI * w / 5760);
      long theirs = events(random, 45, 0.05 * season);
      long mine = events(random, 5, Math.min(1, 0.05 * season * times));
      Slice slice = new Slice(w * 15_000L, w * 15_000L, w * 15_000L + 15_000, 5, mine);
      SignalCounts other = new SignalCounts(45, theirs, 0, 0, 0, 0);
      if (canary.observe(slice, other, RUNS, PLAN, SHARE) == Detector.Turn.FIRED) {
        return w;
      }
    }
    return windows;
  }

  private static long events(Random random, int n, double rate) {
    long events = 0;
    for (int i = 0; i < n; i++) {
      events += random.nextDouble() < rate ? 1 : 0;
    }
    return events;
  }
}
