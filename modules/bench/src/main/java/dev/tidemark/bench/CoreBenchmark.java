package dev.tidemark.bench;

import dev.tidemark.core.bytes.ByteReader;
import dev.tidemark.core.bytes.ByteWriter;
import dev.tidemark.core.run.RunState;
import dev.tidemark.core.run.SpanFact;
import dev.tidemark.core.run.SpanFacts;
import dev.tidemark.core.sketch.ExponentialSketch;
import dev.tidemark.core.window.Combiner;
import dev.tidemark.core.window.Counter;
import dev.tidemark.core.window.PartialCodec;
import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.SeriesNode;
import dev.tidemark.core.window.SeriesTable;
import dev.tidemark.core.window.WindowTotals;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.FlatRecord;
import dev.tidemark.wire.FlatRecords;
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
  private static final long HIGH = 0x0af7651916cd43ddL;
  private static final long LOW = 0x8448eb211c80319cL;
  private final SeriesTable table = new SeriesTable(100);
  private final Combiner windows = new Combiner(15_000, 15_000);
  private final ByteReader in = new ByteReader();
  private FlatRecords<AgentSpan> reader;
  private byte[] encoded;
  private SpanFact[] run;
  private SeriesNode series;
  private byte[] partial;
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
      run[i] = SpanFacts.of(spans[i], spans[i].getEndMs() + 50, i, i, false, table);
    }
    Series.Scope scope = new Series.Scope("default", "production", "support", "2026.11.1");
    series = table.scope(scope).node(scope.tool("search", "1.2.0"));
    linkRun();
    ByteWriter out = new ByteWriter();
    windows.peek(
        s -> s.equals(series.series()),
        (node, start, totals, correction) -> PartialCodec.write(out.reset(), totals));
    partial = out.toBytes();
  }

  /** The fields of one span out of its bytes. */
  @Benchmark
  public FlatRecord decode() {
    return reader.read(BenchSpans.TOPIC, new RecordHeaders(), encoded);
  }

  /** A run of ten spans linked and counted into the windows of its series. */
  @Benchmark
  public RunState linkRun() {
    RunState state = new RunState(HIGH, LOW, BenchSpans.LOOP_LIMIT);
    for (SpanFact fact : run) {
      state.insert(fact, windows);
    }
    return state;
  }

  /** One attempt's counters and duration into the window it belongs to. */
  @Benchmark
  public WindowTotals combine() {
    value = BenchSpans.next(value);
    long event = 1_700_000_000_000L + (value >>> 62) * 15_000;
    WindowTotals found = windows.at(series, event, event);
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
    PartialCodec.addTo(merged, in.on(partial, 0, partial.length));
    return merged;
  }
}
