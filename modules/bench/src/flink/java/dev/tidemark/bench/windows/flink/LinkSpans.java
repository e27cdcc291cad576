package dev.tidemark.bench.windows.flink;

import dev.tidemark.core.run.Durations;
import dev.tidemark.core.run.RunState;
import dev.tidemark.core.run.SpanFact;
import dev.tidemark.core.run.Windows;
import dev.tidemark.core.window.Counter;
import dev.tidemark.core.window.SeriesNode;
import dev.tidemark.core.window.SeriesTable;
import dev.tidemark.core.window.WindowTotals;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.streams.observe.FlinkIntake;
import dev.tidemark.wire.AvroSerdes;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Reads, deduplicates and links the spans of a trace with our classes, and sends what a span
 * changes in the window of its tool or model as one row. What it would change in the windows of its
 * agent and fleet is thought but not sent. A run is forgotten a minute after it began to be quiet.
 */
final class LinkSpans extends KeyedProcessFunction<Long, SpanBytes, SpanRow> {
  private static final long serialVersionUID = 1L;
  private static final long WINDOW_MS = 15_000;
  private static final long QUIET_MS = 60_000;
  private final String registry;
  private final String topic;
  private transient FlinkIntake intake;
  private transient ValueState<OpenRun> state;
  private transient IdentityHashMap<SeriesNode, String> names;
  private transient Captured captured;

  LinkSpans(String registry, String topic) {
    this.registry = registry;
    this.topic = topic;
  }

  @Override
  public void open(OpenContext context) {
    SeriesTable table = OpenRun.TABLE.get();
    intake = new FlinkIntake(AvroSerdes.of(Map.of("schema.registry.url", registry)), table, topic);
    names = new IdentityHashMap<>();
    captured = new Captured();
    state =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("open-runs", OpenRunSerializer.INSTANCE));
  }

  @Override
  public void processElement(SpanBytes bytes, Context context, Collector<SpanRow> out)
      throws Exception {
    SpanFact fact = intake.read(bytes.value, bytes.arrivalMs, bytes.offset);
    OpenRun open = state.value();
    if (open == null) {
      open = new OpenRun(new RunState(intake.traceHigh(), intake.traceLow(), OpenRun.LOOP_LIMIT));
      state.update(open);
      context.timerService().registerEventTimeTimer(bytes.arrivalMs + QUIET_MS);
    }
    open.run.insert(fact, captured);
    if (open.run.unsettled()) {
      open.run.settle(captured);
    }
    captured.send(fact, out);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<SpanRow> out)
      throws Exception {
    OpenRun open = state.value();
    if (open != null && open.run.lastArrivalMs() + QUIET_MS > timestamp) {
      context.timerService().registerEventTimeTimer(open.run.lastArrivalMs() + QUIET_MS);
    } else {
      state.clear();
    }
  }

  /** What one span changes, by window of its subject. */
  private final class Captured implements Windows {
    private final WindowTotals elsewhere = new WindowTotals();
    private SeriesNode[] nodes = new SeriesNode[4];
    private long[] starts = new long[4];
    private WindowTotals[] totals = new WindowTotals[4];
    private int size;

    @Override
    public WindowTotals at(SeriesNode node, long eventMs, long causeMs) {
      SubjectKind kind = node.series().kind();
      if (kind != SubjectKind.TOOL && kind != SubjectKind.MODEL) {
        return elsewhere;
      }
      long start = windowOf(eventMs);
      for (int i = 0; i < size; i++) {
        if (nodes[i] == node && starts[i] == start) {
          return totals[i];
        }
      }
      if (size == nodes.length) {
        nodes = Arrays.copyOf(nodes, size * 2);
        starts = Arrays.copyOf(starts, size * 2);
        totals = Arrays.copyOf(totals, size * 2);
      }
      nodes[size] = node;
      starts[size] = start;
      totals[size] = new WindowTotals();
      return totals[size++];
    }

    @Override
    public boolean correction(long eventMs, long causeMs) {
      return false;
    }

    @Override
    public long windowOf(long eventMs) {
      return Math.floorDiv(eventMs, WINDOW_MS) * WINDOW_MS;
    }

    void send(SpanFact fact, Collector<SpanRow> out) {
      for (int i = 0; i < size; i++) {
        WindowTotals changed = totals[i];
        SpanRow row = new SpanRow();
        row.series = names.computeIfAbsent(nodes[i], node -> node.series().toString());
        row.endMs = starts[i];
        row.attempts = (int) changed.get(Counter.ATTEMPTS);
        row.errors = (int) changed.get(Counter.ERRORS);
        row.retries = (int) changed.get(Counter.RETRIES);
        row.denied = (int) changed.get(Counter.DENIED);
        row.cost = changed.get(Counter.COST_MICROS);
        row.inputTokens = changed.get(Counter.INPUT_TOKENS);
        row.outputTokens = changed.get(Counter.OUTPUT_TOKENS);
        row.micros = Durations.of(fact);
        out.collect(row);
        nodes[i] = null;
        totals[i] = null;
      }
      size = 0;
    }
  }
}
