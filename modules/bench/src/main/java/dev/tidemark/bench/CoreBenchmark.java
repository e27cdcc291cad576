package dev.tidemark.bench;

import dev.tidemark.core.run.RunState;
import dev.tidemark.core.run.SpanFact;
import dev.tidemark.core.run.Windows;
import dev.tidemark.core.sketch.ExponentialSketch;
import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.WindowTotals;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.WindowRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one step of thinking costs, in the heap, without Kafka. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CoreBenchmark {
  private static final int SPANS = 10;
  private final Map<Series, WindowTotals> totals = new HashMap<>();
  private final Windows windows =
      (series, eventMs, arrivalMs) -> totals.computeIfAbsent(series, s -> new WindowTotals());
  private SpanFact[] run;
  private WindowRecord window;
  private long value = 1;

  /** One run of ten tool calls, every third of them failed. */
  @Setup
  public void prepare() {
    run = new SpanFact[SPANS];
    for (int i = 0; i < SPANS; i++) {
      AgentSpan span =
          AgentSpan.newBuilder()
              .setTraceId("0af7651916cd43dd8448eb211c80319c")
              .setSpanId(String.format("%016x", i + 1))
              .setKind(SpanKind.TOOL)
              .setToolName("search")
              .setArgumentsHash("a" + i % 4)
              .setAgentName("support")
              .setAgentVersion("1")
              .setEndMs(1_700_000_000_000L + i * 100L)
              .setDurationUs(1_000L + i * 997L)
              .setOutcome(i % 3 == 0 ? Outcome.TOOL_ERROR : Outcome.OK)
              .build();
      run[i] = new SpanFact(span, span.getEndMs() + 50, i, i, false);
    }
    linkRun();
    Series series = totals.keySet().iterator().next();
    window = totals.get(series).toRecord(series, 0, 15_000);
  }

  /** A run of ten spans linked and counted into the windows of its three series. */
  @Benchmark
  public RunState linkRun() {
    RunState state = new RunState("0af7651916cd43dd8448eb211c80319c", 5);
    for (SpanFact fact : run) {
      state.insert(fact, windows);
    }
    return state;
  }

  /** One value into a sketch. */
  @Benchmark
  public ExponentialSketch addToSketch(SketchState state) {
    value = value * 6364136223846793005L + 1442695040888963407L;
    state.sketch.add(value >>> 36, 1);
    return state.sketch;
  }

  /** A partial window merged into another. */
  @Benchmark
  public WindowTotals mergeWindow() {
    WindowTotals merged = new WindowTotals();
    merged.add(window);
    merged.add(window);
    return merged;
  }

  /** A sketch that fills up over the run. */
  @State(Scope.Thread)
  public static class SketchState {
    private final ExponentialSketch sketch = new ExponentialSketch();
  }
}
