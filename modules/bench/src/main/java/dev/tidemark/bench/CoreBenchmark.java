package dev.tidemark.bench;

import dev.tidemark.core.run.RunState;
import dev.tidemark.core.run.SpanFact;
import dev.tidemark.core.sketch.ExponentialSketch;
import dev.tidemark.core.window.Counter;
import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.WindowTotals;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.FlatRecord;
import dev.tidemark.wire.FlatRecords;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.internals.RecordHeaders;
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
  private record Key(Series series, long startMs) {}

  private final Map<Key, WindowTotals> totals = new HashMap<>();
  private final WindowTotals one = new WindowTotals();
  private FlatRecords<AgentSpan> reader;
  private byte[] encoded;
  private SpanFact[] run;
  private Series series;
  private WindowRecord window;
  private ExponentialSketch sketch = new ExponentialSketch();
  private long value = 1;

  /** Makes what the steps work on. */
  @Setup
  public void prepare() {
    AvroSerdes serdes = BenchSpans.serdes();
    encoded = BenchSpans.encoded(serdes);
    reader = new FlatRecords<>(serdes, AgentSpan.class);
    AgentSpan[] spans = BenchSpans.run();
    run = new SpanFact[spans.length];
    for (int i = 0; i < spans.length; i++) {
      run[i] = new SpanFact(spans[i], spans[i].getEndMs() + 50, i, i, false);
    }
    series =
        new Series.Scope("default", "production", "support", "2026.11.1").tool("search", "1.2.0");
    WindowTotals filled = new WindowTotals();
    RunState state = new RunState(BenchSpans.TRACE, BenchSpans.LOOP_LIMIT);
    for (SpanFact fact : run) {
      state.insert(fact, (s, eventMs, arrivalMs) -> s.equals(series) ? filled : one);
    }
    window = filled.toRecord(series, 0, 15_000);
  }

  /** The fields of one span out of its bytes. */
  @Benchmark
  public FlatRecord decode() {
    return reader.read(BenchSpans.TOPIC, new RecordHeaders(), encoded);
  }

  /** A run of ten spans linked and counted, where to does not matter. */
  @Benchmark
  public RunState linkRun() {
    RunState state = new RunState(BenchSpans.TRACE, BenchSpans.LOOP_LIMIT);
    for (SpanFact fact : run) {
      state.insert(fact, (s, eventMs, arrivalMs) -> one);
    }
    return state;
  }

  /** One attempt's counters and duration into the window it belongs to. */
  @Benchmark
  public WindowTotals combine() {
    value = BenchSpans.next(value);
    long start = 1_700_000_000_000L + (value >>> 62) * 15_000;
    WindowTotals found = totals.computeIfAbsent(new Key(series, start), key -> new WindowTotals());
    found.add(Counter.ATTEMPTS, 1);
    found.add(Counter.OPERATIONS, 1);
    found.add(Counter.OK, 1);
    found.addLatency(value >>> 36, 1);
    found.addCompleteness(1, 0, 0);
    return found;
  }

  /** One value into a sketch. */
  @Benchmark
  public ExponentialSketch addToSketch() {
    value = BenchSpans.next(value);
    sketch.add(value >>> 36, 1);
    return sketch;
  }

  /** A partial of ten attempts merged into an empty window. */
  @Benchmark
  public WindowTotals mergeWindow() {
    WindowTotals merged = new WindowTotals();
    merged.add(window);
    return merged;
  }
}
