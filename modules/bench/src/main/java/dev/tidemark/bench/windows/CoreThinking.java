package dev.tidemark.bench.windows;

import dev.tidemark.core.run.RunState;
import dev.tidemark.core.run.SpanFact;
import dev.tidemark.core.run.Windows;
import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.WindowTotals;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.wire.AvroSerdes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** The classes of core as observe uses them. */
final class CoreThinking implements Thinking, Windows {
  private static final long WINDOW_MS = 15_000;
  private static final int LOOP_LIMIT = 5;

  private record Key(Series series, long startMs) {}

  private final Deserializer<AgentSpan> spans;
  private final Map<String, RunState> runs = new HashMap<>();
  private final Map<Key, WindowTotals> windows = new HashMap<>();
  private long settledAt;

  CoreThinking(AvroSerdes serdes) {
    this.spans = serdes.value(AgentSpan.class).deserializer();
  }

  @Override
  public void span(ConsumerRecord<byte[], byte[]> record) {
    AgentSpan span = spans.deserialize(record.topic(), record.headers(), record.value());
    boolean late = record.timestamp() - span.getEndMs() > WINDOW_MS;
    SpanFact fact =
        new SpanFact(
            span, record.timestamp(), record.offset(), Arrays.hashCode(record.value()), late);
    runs.computeIfAbsent(span.getTraceId(), trace -> new RunState(trace, LOOP_LIMIT))
        .insert(fact, this);
  }

  @Override
  public WindowTotals at(Series series, long eventMs, long arrivalMs) {
    long start = Math.floorDiv(eventMs, WINDOW_MS) * WINDOW_MS;
    return windows.computeIfAbsent(new Key(series, start), k -> new WindowTotals());
  }

  @Override
  public long advance(long watermarkMs) {
    if (watermarkMs < settledAt + WINDOW_MS) {
      return 0;
    }
    settledAt = watermarkMs;
    runs.values().removeIf(run -> run.lastMs() + 4 * WINDOW_MS <= watermarkMs);
    int before = windows.size();
    windows.keySet().removeIf(key -> key.startMs() + WINDOW_MS <= watermarkMs);
    return (long) before - windows.size();
  }
}
