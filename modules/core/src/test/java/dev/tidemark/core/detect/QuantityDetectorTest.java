package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.Direction;
import dev.tidemark.records.Signal;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A quick look at what {@link QuantitySimulation} shows at length. */
class QuantityDetectorTest {
  private static final BudgetPlan PLAN = new BudgetPlan(1, 1, 1);
  private static final double SHARE = 1e-5 * 5760;

  @Test
  void shouldKeepTheBudgetWhileNothingChanges() {
    long alarms = 0;
    for (int seed = 1; seed <= 4; seed++) {
      for (long count : new QuantitySimulation(Signal.LATENCY, 1, seed).falseAlarms(500, 3000)) {
        alarms += count;
      }
    }
    assertThat(alarms).as("12,000 windows, 0.24 allowed, seeds 1 to 4").isLessThanOrEqualTo(1);
  }

  @Test
  void shouldFindThirdMoreLatencyWithinFourHundredCallsOnAverage() {
    long calls = 0;
    for (int seed = 1; seed <= 10; seed++) {
      calls += new QuantitySimulation(Signal.LATENCY, 1, seed).delay(5000, v -> 1.3 * v);
    }
    assertThat(calls / 10).as("mean of seeds 1 to 10").isLessThan(500);
  }

  @Test
  void shouldFindATail() {
    Random tail = new Random(3);
    long calls =
        new QuantitySimulation(Signal.LATENCY, 1, 3)
            .delay(5000, v -> tail.nextDouble() < 0.05 ? 5 * v : v);
    assertThat(calls).as("seed 3").isLessThan(6000);
  }

  @Test
  void shouldTellWhatWasBeforeAndSinceTheChange() {
    QuantityDetector detector = QuantityDetector.settled(Signal.LATENCY, values(5000, 400_000));
    Evidence evidence = fire(detector, 1_200_000);
    assertThat(evidence.direction()).isEqualTo(Direction.UP);
    assertThat(evidence.values().before().mean()).isBetween(390_000.0, 410_000.0);
    assertThat(evidence.values().after().mean()).isBetween(1_150_000.0, 1_250_000.0);
    assertThat(evidence.ratio()).isBetween(2.8, 3.2);
    assertThat(evidence.before().x()).isLessThan(evidence.before().n());
    assertThat(evidence.after().x()).isEqualTo(evidence.after().n());
  }

  @Test
  void shouldNotTellWhatMovedByLessThanValuesMayWander() {
    QuantityDetector detector = QuantityDetector.settled(Signal.LATENCY, values(100_000, 400_000));
    for (int w = 0; w < 3000; w++) {
      Histogram little = values(50, 410_000);
      assertThat(detector.observe(slice(w, little), 1, PLAN, SHARE)).isEqualTo(Detector.Turn.NONE);
    }
  }

  @Test
  void shouldResolveWhenValuesAreBack() {
    QuantityDetector detector = QuantityDetector.settled(Signal.LATENCY, values(5000, 400_000));
    fire(detector, 1_200_000);
    Detector.Turn turn = Detector.Turn.NONE;
    for (int w = 100; w < 200 && turn == Detector.Turn.NONE; w++) {
      turn = detector.observe(slice(w, values(20, 400_000)), 1, PLAN, SHARE);
    }
    assertThat(turn).isEqualTo(Detector.Turn.RESOLVED);
  }

  @Test
  void shouldComeBackFromBytesWhileFiring() {
    QuantityDetector detector = QuantityDetector.frozen(Signal.COST, values(900, 3_000), 1.5);
    fire(detector, 9_000);
    StateWriter out = new StateWriter();
    detector.write(out);
    QuantityDetector again = QuantityDetector.read(Signal.COST, new StateReader(out.toBytes()));
    StateWriter twice = new StateWriter();
    again.write(twice);
    assertThat(twice.toBytes()).isEqualTo(out.toBytes());
    assertThat(again.firing().ratio()).isEqualTo(detector.firing().ratio());
  }

  private static Evidence fire(QuantityDetector detector, long value) {
    for (int w = 0; w < 100; w++) {
      if (detector.observe(slice(w, values(20, value)), 1, PLAN, SHARE) == Detector.Turn.FIRED) {
        return detector.firing();
      }
    }
    throw new AssertionError("not found in 100 windows");
  }

  private static Slice slice(int window, Histogram values) {
    long startMs = window * 15_000L;
    return new Slice(startMs, startMs, startMs + 15_000, values.n(), 0, values);
  }

  /** Values that differ by up to a tenth, evenly. */
  private static Histogram values(int n, long middle) {
    Histogram values = Histogram.of(Signal.LATENCY);
    if (middle < 100_000) {
      values = Histogram.of(Signal.COST);
    }
    for (int i = 0; i < n; i++) {
      values.add(middle + (i % 21 - 10) * middle / 100);
    }
    return values;
  }
}
