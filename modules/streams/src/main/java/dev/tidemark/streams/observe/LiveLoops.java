package dev.tidemark.streams.observe;

import dev.tidemark.core.bytes.ByteReader;
import dev.tidemark.core.bytes.ByteWriter;
import dev.tidemark.core.run.LoopFinder;
import dev.tidemark.core.run.LoopKind;
import dev.tidemark.core.run.LoopLimits;
import dev.tidemark.core.run.RunLoop;
import dev.tidemark.core.run.RunState;
import dev.tidemark.core.run.SpanFact;
import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.SeriesTable;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Says that runs loop while they go on, and when they have ended. What was found is told with the
 * next flush, whose marks say so; what was told since the runs were last spilled is logged entry by
 * entry, so that a restart tells nothing twice. Not thread-safe.
 */
final class LiveLoops {
  private static final String ENTRY = "loop-";
  private static final String AFTER_ENTRIES = "loop.";
  private static final byte VERSION = 1;

  private record Found(RunState run, RunLoop loop) {}

  private record Logged(long traceHigh, long traceLow, RunLoop loop) {
    private boolean of(RunState run) {
      return run.traceHigh() == traceHigh
          && run.traceLow() == traceLow
          && run.lastMs() >= loop.endMs();
    }
  }

  private final LoopLimits limits;
  private final LoopFindings findings;
  private final KeyValueStore<String, byte[]> store;
  private final Consumer<Finding> out;
  private final List<Found> found = new ArrayList<>();
  private final List<String> entries = new ArrayList<>();
  private final List<Logged> logged = new ArrayList<>();
  private boolean silent;

  LiveLoops(ObserveConfig config, KeyValueStore<String, byte[]> store, Consumer<Finding> out) {
    this.limits = config.loops();
    this.findings = new LoopFindings(config);
    this.store = store;
    this.out = out;
  }

  /** While true, what would be told is only noted as told: it was told before a restart. */
  void silent(boolean value) {
    silent = value;
    if (!value) {
      found.clear();
    }
  }

  /** A run took a span in and linked it. */
  void inserted(RunState run, SpanFact fact) {
    LoopFinder.by(fact, run, limits).forEach(loop -> found(run, loop));
  }

  /** A run linked what came out of order. */
  void settled(RunState run) {
    LoopFinder.in(run, limits).forEach(loop -> found(run, loop));
  }

  private void found(RunState run, RunLoop loop) {
    boolean told = run.progress().looped() && run.progress().loops().knows(loop);
    if (!told) {
      found.add(new Found(run, loop));
    }
  }

  /** Whether something is to be told. */
  boolean any() {
    return !found.isEmpty();
  }

  /** Tells what was found and not told before. */
  void tell() {
    for (Found one : found) {
      if (one.run().progress().loops().tell(one.loop()) && !silent) {
        out.accept(findings.opens(one.run().traceId(), one.loop()));
        log(one.run(), one.loop());
      }
    }
    found.clear();
  }

  /** A run was summed up: its loops are over. */
  void over(RunState run, AgentRun summary) {
    note(run);
    if (any()) {
      tell();
    }
    if (!run.progress().looped()) {
      return;
    }
    for (RunLoop loop : run.progress().loops().close()) {
      if (!silent) {
        out.accept(findings.closes(run.traceId(), loop, summary));
      }
    }
  }

  /** Everything told is spilled with its run. */
  void spilled() {
    entries.forEach(store::delete);
    entries.clear();
  }

  private void log(RunState run, RunLoop loop) {
    Series.Scope scope = loop.scope().scope();
    Series tool = loop.subject().series();
    ByteWriter entry = new ByteWriter().one(VERSION);
    entry.fixed(run.traceHigh()).fixed(run.traceLow()).text(loop.kind().name());
    entry.text(scope.tenant()).text(scope.environment());
    entry.text(scope.agentName()).text(scope.agentVersion());
    entry.text(tool.name()).text(tool.toolVersion());
    entry.number(loop.calls()).number(loop.startMs()).number(loop.endMs());
    String key = ENTRY + entries.size();
    entries.add(key);
    store.put(key, entry.toBytes());
  }

  /** Reads what was told from the log; it is noted by {@link #restored} and when a run is over. */
  void restore(SeriesTable table) {
    try (KeyValueIterator<String, byte[]> stored = store.range(ENTRY, AFTER_ENTRIES)) {
      while (stored.hasNext()) {
        KeyValue<String, byte[]> next = stored.next();
        entries.add(next.key);
        logged.add(read(next.value, table));
      }
    }
  }

  /**
   * Notes as told what the log says, when the runs are there again.
   *
   * @param runs a run by the two halves of its trace id, or null
   */
  void restored(BiFunction<Long, Long, RunState> runs) {
    for (Logged one : List.copyOf(logged)) {
      RunState run = runs.apply(one.traceHigh(), one.traceLow());
      if (run != null) {
        note(run);
      }
    }
    logged.clear();
  }

  /**
   * A run is not yet the one that looped if it has come back and nothing is as late as the loop.
   */
  private void note(RunState run) {
    for (Logged one : logged) {
      if (one.of(run)) {
        run.progress().loops().tell(one.loop());
      }
    }
  }

  private static Logged read(byte[] bytes, SeriesTable table) {
    ByteReader in = new ByteReader().on(bytes, 0, bytes.length);
    if (in.one() != VERSION) {
      throw new IllegalStateException("loops told have an unknown version: reset the state");
    }
    long high = in.fixed();
    long low = in.fixed();
    LoopKind kind = LoopKind.valueOf(in.text());
    SeriesTable.AgentScope scope =
        table.scope(new Series.Scope(in.text(), in.text(), in.text(), in.text()));
    Series tool = scope.scope().tool(in.text(), in.text());
    return new Logged(
        high,
        low,
        new RunLoop(kind, scope, scope.node(tool), in.whole(), in.number(), in.number()));
  }
}
