package dev.tidemark.bench;

import dev.tidemark.core.detect.QuantityProbe;
import dev.tidemark.core.detect.QuantityProbe.Batch;
import dev.tidemark.core.detect.RateProbe;
import dev.tidemark.records.Signal;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one window of one signal of one series costs the detector, a rate or a quantity, in the
 * heap.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DetectBenchmark {
  private static final long WINDOW_MS = 15_000;
  private static final int MASK = 4095;
  private static final int BATCHES = 255;
  private static final int BASELINE = 5_760;
  private static final double MEDIAN_MICROS = 800_000;

  /** Calls per window. */
  @Param({"1", "50"})
  public int calls;

  private final int[] events = new int[MASK + 1];
  private final Batch[] batches = new Batch[BATCHES + 1];
  private RateProbe self;
  private RateProbe frozen;
  private QuantityProbe quantity;
  private QuantityProbe quantityFrozen;
  private long at;

  /** How much of the time the benchmark had a core: the machine may be busy. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Clock {
    /** Time of the thread on a core. */
    public long cpuNs;

    /** Time of the clock. */
    public long wallNs;

    private long cpuFrom;
    private long wallFrom;

    /** Begins an iteration. */
    @Setup(Level.Iteration)
    public void start() {
      cpuFrom = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      wallFrom = System.nanoTime();
    }

    /** Ends it. */
    @TearDown(Level.Iteration)
    public void stop() {
      cpuNs = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuFrom;
      wallNs = System.nanoTime() - wallFrom;
    }
  }

  /** Makes a baseline of a day and a version after it. */
  @Setup
  public void prepare() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i <= MASK; i++) {
      for (int call = 0; call < calls; call++) {
        events[i] += random.nextInt(20) == 0 ? 1 : 0;
      }
    }
    for (int i = 0; i <= BATCHES; i++) {
      long[] values = new long[calls];
      for (int call = 0; call < calls; call++) {
        values[call] = (long) (MEDIAN_MICROS * Math.exp(random.nextGaussian()));
      }
      batches[i] = Batch.of(Signal.LATENCY, values);
    }
    self = RateProbe.self(1e-4);
    quantity = QuantityProbe.self(Signal.LATENCY, 1e-4);
    for (at = 0; at < BASELINE; at++) {
      observe(self);
      observe(quantity);
    }
    frozen = self.next(1e-4);
    quantityFrozen = quantity.next(1e-4);
  }

  /** Beside its own past. */
  @Benchmark
  public boolean rateSelf(Clock clock) {
    at++;
    return observe(self);
  }

  /** Beside the previous version. */
  @Benchmark
  public boolean rateFrozen(Clock clock) {
    at++;
    return observe(frozen);
  }

  /** Latencies beside their own past. */
  @Benchmark
  public boolean quantitySelf(Clock clock) {
    at++;
    return observe(quantity);
  }

  /** Latencies beside those of the previous version. */
  @Benchmark
  public boolean quantityFrozen(Clock clock) {
    at++;
    return observe(quantityFrozen);
  }

  private boolean observe(QuantityProbe probe) {
    long start = at * WINDOW_MS;
    return probe.observe(start, start + WINDOW_MS, batches[(int) at & BATCHES]);
  }

  private boolean observe(RateProbe probe) {
    int x = events[(int) at & MASK];
    long start = at * WINDOW_MS;
    return probe.observe(start, start + WINDOW_MS, calls, x, calls, calls, x, x);
  }
}
