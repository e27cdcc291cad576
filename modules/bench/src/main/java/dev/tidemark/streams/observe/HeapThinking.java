package dev.tidemark.streams.observe;

import dev.tidemark.core.cost.PriceBook;
import dev.tidemark.core.run.RunState;
import dev.tidemark.core.run.SpanFact;
import dev.tidemark.core.run.TraceKey;
import dev.tidemark.core.time.ArrivalPolicy;
import dev.tidemark.core.window.Combiner;
import dev.tidemark.core.window.SeriesTable;
import dev.tidemark.records.AgentRun;
import dev.tidemark.streams.topology.Counts;
import dev.tidemark.wire.AvroSerdes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Everything stage 1 thinks and nothing it writes: reads, checks, deduplicates and links spans,
 * combines them, judges and sums up runs when their window is over. In maps in the heap, lost with
 * the process. It lives in the package of observe to use its very classes. Not thread-safe.
 */
public final class HeapThinking {
  private static final long WINDOW_MS = 15_000;
  private static final int LOOP_LIMIT = 5;

  private final SeriesTable table = new SeriesTable(1_000_000);
  private final Combiner windows = new Combiner(WINDOW_MS, WINDOW_MS);
  private final SpanIntake intake;
  private final Map<TraceKey, RunState> runs = new HashMap<>();
  private final TreeMap<Long, List<RunState>> ending = new TreeMap<>();
  private RunState last;
  private AgentRun summary;

  public HeapThinking(AvroSerdes serdes) {
    Counts counts = new Counts(null, "floor");
    ArrivalPolicy policy = ObserveConfig.of(1, 1).arrivals();
    intake = new SpanIntake(serdes, PriceBook.EMPTY, new Arrivals(policy, counts), table, counts);
  }

  /** Takes a span. */
  public void span(ConsumerRecord<byte[], byte[]> record) {
    SpanFact fact;
    try {
      fact =
          intake.span(
              record.topic(),
              record.headers(),
              record.value(),
              record.timestamp(),
              record.timestamp(),
              record.offset());
    } catch (Refused e) {
      throw new IllegalStateException("the workload holds no bad records", e);
    }
    windows.nextCause();
    RunState run = of(intake.traceHigh(), intake.traceLow());
    run.insert(fact, windows);
    if (run.root() != null && run.progress().wakeMs() == Long.MAX_VALUE) {
      long end = Math.floorDiv(fact.endMs(), WINDOW_MS) * WINDOW_MS + WINDOW_MS;
      run.progress().wakeAt(end);
      ending.computeIfAbsent(end, e -> new ArrayList<>()).add(run);
    }
  }

  private RunState of(long high, long low) {
    if (last == null || last.traceLow() != low || last.traceHigh() != high) {
      last =
          runs.computeIfAbsent(
              new TraceKey(high, low), trace -> new RunState(high, low, LOOP_LIMIT));
    }
    return last;
  }

  /** Lets go of runs and windows behind the watermark; returns how many windows these were. */
  public long advance(long watermarkMs) {
    while (!ending.isEmpty() && ending.firstKey() <= watermarkMs) {
      for (RunState run : ending.pollFirstEntry().getValue()) {
        run.settle(windows);
        run.judge(run, run.progress().wakeMs(), windows);
        summary = run.summary(0);
        runs.remove(run.trace());
      }
    }
    long[] closed = {0};
    windows.take(watermarkMs, (series, startMs, totals, correction) -> closed[0]++);
    return closed[0];
  }

  /** The run summed up last, or null. */
  public AgentRun summary() {
    return summary;
  }
}
