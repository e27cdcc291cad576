package dev.tidemark.core.detect;

import dev.tidemark.records.Direction;
import dev.tidemark.records.Signal;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/**
 * False alarms and delays of the detector of quantities on lognormal values. Run by hand for many
 * windows (first seed, last seed, windows per seed); a quick version is a test.
 */
public final class QuantitySimulation {
  static final double GAMMA = 1e-5;
  private static final long WINDOW_MS = 15_000;
  private static final int PER_WINDOW = 50;
  private static final BudgetPlan PLAN = new BudgetPlan(1, 1, 1);
  private static final double SHARE = GAMMA * 86_400_000 / WINDOW_MS;

  private final Random random;
  private final Signal signal;
  private final double sigma;
  private long startMs;

  QuantitySimulation(Signal signal, double sigma, int seed) {
    this.random = new Random(seed * 7919L);
    this.signal = signal;
    this.sigma = sigma;
  }

  public static void main(String[] args) {
    int from = Integer.parseInt(args[0]);
    int to = Integer.parseInt(args[1]);
    int windows = Integer.parseInt(args[2]);
    for (Signal signal : new Signal[] {Signal.LATENCY, Signal.COST}) {
      double sigma = signal == Signal.COST ? 1.5 : 1;
      for (int baseline : new int[] {0, 1000, 5000, 50_000}) {
        long[] alarms = new long[2];
        double[] delays = new double[3];
        for (int seed = from; seed <= to; seed++) {
          long[] seen = new QuantitySimulation(signal, sigma, seed).falseAlarms(baseline, windows);
          alarms[0] += seen[0];
          alarms[1] += seen[1];
          delays[0] += new QuantitySimulation(signal, sigma, seed).delay(baseline, v -> 1.3 * v);
          delays[1] += new QuantitySimulation(signal, sigma, seed).delay(baseline, v -> 2 * v);
          Random tail = new Random(seed);
          delays[2] +=
              new QuantitySimulation(signal, sigma, seed)
                  .delay(baseline, v -> tail.nextDouble() < 0.05 ? 5 * v : v);
        }
        int runs = to - from + 1;
        System.out.printf(
            Locale.ROOT,
            "%s sigma %.1f baseline %5d: false up %d down %d, allowed %.2f each;"
                + " mean delay 1.3x %.0f, 2x %.0f, tail %.0f calls%n",
            signal,
            sigma,
            baseline,
            alarms[0],
            alarms[1],
            GAMMA * windows * runs,
            delays[0] / runs,
            delays[1] / runs,
            delays[2] / runs);
      }
    }
  }

  /** Rises and falls found where nothing changes. */
  long[] falseAlarms(int baseline, int windows) {
    QuantityDetector detector = learned(baseline);
    long[] alarms = new long[2];
    for (int w = 0; w < windows; w++) {
      if (observe(detector, v -> v) == Detector.Turn.FIRED) {
        alarms[detector.firing().direction() == Direction.UP ? 0 : 1]++;
        detector.stop();
      }
    }
    return alarms;
  }

  /** Values after a change until it is found, at most a million. */
  long delay(int baseline, DoubleUnaryOperator change) {
    QuantityDetector detector = learned(baseline);
    for (int w = 0; w < 200; w++) {
      observe(detector, v -> v);
    }
    detector.stop();
    for (long calls = PER_WINDOW; calls < 1_000_000; calls += PER_WINDOW) {
      if (observe(detector, change) == Detector.Turn.FIRED) {
        return calls;
      }
    }
    return 1_000_000;
  }

  private QuantityDetector learned(int baseline) {
    Histogram belief = Histogram.of(signal);
    for (int n = 0; n < baseline; n += PER_WINDOW) {
      belief.add(values(v -> v));
    }
    return QuantityDetector.settled(signal, belief);
  }

  private Detector.Turn observe(QuantityDetector detector, DoubleUnaryOperator change) {
    Histogram values = values(change);
    startMs += WINDOW_MS;
    Slice slice = new Slice(startMs, startMs, startMs + WINDOW_MS, values.n(), 0, values);
    return detector.observe(slice, 1, PLAN, SHARE);
  }

  private Histogram values(DoubleUnaryOperator change) {
    Histogram values = Histogram.of(signal);
    for (int i = 0; i < PER_WINDOW; i++) {
      double value = 800_000 * Math.exp(sigma * random.nextGaussian());
      values.add((long) change.applyAsDouble(value));
    }
    return values;
  }
}
