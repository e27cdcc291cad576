package dev.tidemark.core.detect;

import dev.tidemark.records.Direction;
import dev.tidemark.records.Signal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Counts false alarms of the detector where nothing changes. Calls come in runs; a run has a rate
 * of its own (beta around the series' rate), so its calls go together, and it outlasts a window.
 * Run by hand for many windows (first seed, last seed, windows per cell, kind of runs from 0 to 3,
 * anything to see the rejected design too); a quick version is a test.
 */
public final class BudgetSimulation {
  static final double GAMMA = 1e-5;
  private static final long WINDOW_MS = 15_000;
  private static final BudgetPlan PLAN = new BudgetPlan(1, 1, 1);
  private static final double SHARE = GAMMA * 86_400_000 / WINDOW_MS;
  private static final double DAY_SHARE = 1e-3;

  /**
   * Alarms.
   *
   * @param up false alarms for a rise
   * @param down false alarms for a fall
   * @param nominal what the budget allows for each of them
   */
  record Alarms(long up, long down, double nominal) {
    Alarms plus(Alarms other) {
      return new Alarms(up + other.up, down + other.down, nominal + other.nominal);
    }
  }

  /**
   * Where calls come from.
   *
   * @param rate probability of an event
   * @param perWindow mean calls per window
   * @param perRun calls of a run
   * @param correlation of two calls of a run, from 0
   */
  record Source(double rate, double perWindow, int perRun, double correlation) {}

  private BudgetSimulation() {}

  public static void main(String[] args) {
    int from = Integer.parseInt(args[0]);
    int to = Integer.parseInt(args[1]);
    int windows = Integer.parseInt(args[2]);
    double[][] clusters = {{1, 0}, {4, 0.33}, {8, 0.43}, {20, 0.8}};
    for (double[] cluster : List.of(clusters[Integer.parseInt(args[3])])) {
      for (double rate : new double[] {0, 0.001, 0.01, 0.05, 0.2, 0.7}) {
        for (double perWindow : new double[] {0.5, 5, 40}) {
          Source source = new Source(rate, perWindow, (int) cluster[0], cluster[1]);
          Alarms self = new Alarms(0, 0, 0);
          Alarms untold = new Alarms(0, 0, 0);
          for (int seed = from; seed <= to; seed++) {
            self = self.plus(self(source, Signal.ERROR_RATE, seed, windows));
            untold = untold.plus(self(source, Signal.IDENTICAL_CALL_RATE, seed, windows));
          }
          say("SELF", source, self);
          say("SELF no sums", source, untold);
        }
        for (int baseline : new int[] {20, 100, 500, 2000}) {
          Source source = new Source(rate, 5, (int) cluster[0], cluster[1]);
          Alarms learning = new Alarms(0, 0, 0);
          Alarms fixed = new Alarms(0, 0, 0);
          boolean compare = args.length > 4;
          for (int seed = from; seed <= to; seed++) {
            learning = learning.plus(frozen(source, baseline, seed, 40, 500, true));
            fixed = !compare ? fixed : fixed.plus(frozen(source, baseline, seed, 40, 500, false));
          }
          say("FROZEN of " + baseline, source, learning);
          if (compare) {
            say("  no learning", source, fixed);
          }
        }
      }
    }
  }

  private static void say(String what, Source source, Alarms alarms) {
    System.out.printf(
        Locale.ROOT,
        "%-16s rate %.3f calls/window %4.1f runs of %2d corr %.2f: up %d down %d, nominal %.2f"
            + " each%n",
        what,
        source.rate(),
        source.perWindow(),
        source.perRun(),
        source.correlation(),
        alarms.up(),
        alarms.down(),
        alarms.nominal());
  }

  /** One series against its own past, from its first call on. */
  static Alarms self(Source source, Signal signal, int seed, int windows) {
    RateDetector detector = RateDetector.self();
    Dispersion dispersion = new Dispersion(signal);
    Traffic traffic = new Traffic(source, seed, signal != Signal.IDENTICAL_CALL_RATE);
    long up = 0;
    long down = 0;
    long startMs = 0;
    for (int w = 0; w < windows; w++) {
      SignalCounts counts = traffic.window();
      startMs += WINDOW_MS;
      if (counts.n() > 0) {
        Direction alarm = step(detector, dispersion, counts, startMs, SHARE);
        up += alarm == Direction.UP ? 1 : 0;
        down += alarm == Direction.DOWN ? 1 : 0;
      }
    }
    return new Alarms(up, down, GAMMA * windows);
  }

  /** Versions against a frozen baseline of the same behaviour; the day's budget is 1e-3 each. */
  static Alarms frozen(
      Source source, int baseline, int seed, int versions, int windows, boolean learning) {
    long up = 0;
    long down = 0;
    Traffic traffic = new Traffic(source, seed, true);
    for (int version = 0; version < versions; version++) {
      Dispersion before = new Dispersion(Signal.ERROR_RATE);
      RateNull belief = new RateNull();
      while (belief.n() < baseline) {
        SignalCounts counts = traffic.window();
        before.addClusters(counts);
        before.addBlock(counts.n(), counts.x(), belief.rate());
        belief.learn(0, counts.n(), counts.x());
      }
      Direction alarm =
          learning
              ? learning(traffic, belief, before.phi(), windows)
              : fixed(traffic, belief, before.phi(), windows);
      up += alarm == Direction.UP ? 1 : 0;
      down += alarm == Direction.DOWN ? 1 : 0;
    }
    return new Alarms(up, down, DAY_SHARE * versions);
  }

  private static Direction learning(Traffic traffic, RateNull belief, double phi, int windows) {
    RateDetector detector = RateDetector.frozen(belief, phi);
    Dispersion own = new Dispersion(Signal.ERROR_RATE);
    for (int w = 1; w <= windows; w++) {
      SignalCounts counts = traffic.window();
      if (counts.n() > 0) {
        Direction alarm = step(detector, own, counts, w * WINDOW_MS, DAY_SHARE);
        if (alarm != null) {
          return alarm;
        }
      }
    }
    return null;
  }

  /** The rejected design: a frozen null that does not learn. */
  private static Direction fixed(Traffic traffic, RateNull belief, double phi, int windows) {
    double[] sums = {DAY_SHARE, DAY_SHARE};
    double[][] r = new double[2][];
    for (int w = 1; w <= windows; w++) {
      SignalCounts counts = traffic.window();
      for (int d = 0; d < 2; d++) {
        Direction direction = d == 0 ? Direction.UP : Direction.DOWN;
        double[] weights = Likelihoods.weights(direction, false);
        BetaNull now = belief.at(0, phi);
        double cap = -Math.log(DAY_SHARE) / 2;
        double[] logs = new double[weights.length];
        Likelihoods.log(
            direction, now, now.mean(), null, counts.n() / phi, counts.x() / phi, cap, logs);
        if (r[d] == null) {
          r[d] = weights;
          for (int k = 0; k < weights.length; k++) {
            r[d][k] *= DAY_SHARE;
          }
        }
        sums[d] = 0;
        for (int k = 0; k < logs.length; k++) {
          r[d][k] *= Math.exp(logs[k]);
          sums[d] += r[d][k];
        }
        if (sums[d] >= 1) {
          return direction;
        }
      }
    }
    return null;
  }

  private static Direction step(
      RateDetector detector, Dispersion seen, SignalCounts counts, long startMs, double share) {
    seen.addClusters(counts);
    double rate = detector.belief().rate();
    Slice slice = new Slice(startMs, startMs, startMs + WINDOW_MS, counts.n(), counts.x());
    Direction alarm = null;
    if (detector.observe(slice, seen, PLAN, share) == Detector.Turn.FIRED) {
      alarm = detector.firing().direction();
      detector.stop();
    }
    seen.addBlock(counts.n(), counts.x(), rate);
    return alarm;
  }

  /** Calls in windows; a run makes one or two calls per window until it is done. */
  static final class Traffic {
    private final Source source;
    private final Random random;
    private final boolean sums;
    private final Deque<double[]> runs = new ArrayDeque<>();

    Traffic(Source source, int seed, boolean sums) {
      this.source = source;
      this.random = new Random(seed * 1_000_003L);
      this.sums = sums;
    }

    SignalCounts window() {
      int starts = poisson(source.perWindow() / source.perRun());
      for (int i = 0; i < starts; i++) {
        runs.add(new double[] {runRate(), 0, 0});
      }
      long[] c = {0, 0, starts, 0, 0, 0};
      int alive = runs.size();
      for (int i = 0; i < alive; i++) {
        double[] run = runs.poll();
        int calls = Math.min(1 + random.nextInt(2), (int) (source.perRun() - run[1]));
        for (int k = 0; k < calls; k++) {
          call(run, c);
        }
        if (run[1] < source.perRun()) {
          runs.add(run);
        }
      }
      return new SignalCounts(c[0], c[1], c[2], c[3], sums ? c[4] : 0, sums ? c[5] : 0);
    }

    private void call(double[] run, long[] c) {
      boolean event = random.nextDouble() < run[0];
      c[0]++;
      c[3] += (long) (2 * run[1]) + 1;
      c[4] += (long) run[2] + (event ? (long) run[1] + 1 : 0);
      if (event) {
        c[1]++;
        c[5] += (long) (2 * run[2]) + 1;
        run[2]++;
      }
      run[1]++;
    }

    private double runRate() {
      double p = source.rate();
      double rho = source.correlation();
      if (rho == 0 || p == 0) {
        return p;
      }
      double a = gamma(p * (1 - rho) / rho);
      double b = gamma((1 - p) * (1 - rho) / rho);
      return a + b == 0 ? 0 : a / (a + b);
    }

    private double gamma(double shape) {
      if (shape < 1) {
        return gamma(shape + 1) * Math.pow(random.nextDouble(), 1 / shape);
      }
      double d = shape - 1.0 / 3;
      double c = 1 / Math.sqrt(9 * d);
      while (true) {
        double z = random.nextGaussian();
        double v = 1 + c * z;
        v = v * v * v;
        if (v > 0 && Math.log(random.nextDouble()) < 0.5 * z * z + d - d * v + d * Math.log(v)) {
          return d * v;
        }
      }
    }

    private int poisson(double mean) {
      double limit = Math.exp(-mean);
      double product = random.nextDouble();
      int count = 0;
      while (product > limit) {
        product *= random.nextDouble();
        count++;
      }
      return count;
    }
  }
}
