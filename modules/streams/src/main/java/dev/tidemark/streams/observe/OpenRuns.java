package dev.tidemark.streams.observe;

import dev.tidemark.core.run.RunState;
import dev.tidemark.core.run.Windows;
import dev.tidemark.records.AgentRun;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The runs of one source partition: recently touched ones in the heap, all of them in a logged
 * store once spilled. A queue by time closes, expires and forgets them as the watermark moves.
 */
final class OpenRuns {
  private record Due(long atMs, String traceId) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(atMs, other.atMs);
      return byTime != 0 ? byTime : traceId.compareTo(other.traceId);
    }
  }

  private final ObserveConfig config;
  private final int partition;
  private final KeyValueStore<String, byte[]> store;
  private final KeyValueStore<String, AgentRun> summaries;
  private final RunCodec codec;
  private final Map<String, RunState> heap = new HashMap<>();
  private final Set<String> touched = new LinkedHashSet<>();
  private final Map<String, Long> scheduled = new HashMap<>();
  private final PriorityQueue<Due> due = new PriorityQueue<>();
  private final PriorityQueue<Due> forgetting = new PriorityQueue<>();

  OpenRuns(
      ObserveConfig config,
      int partition,
      KeyValueStore<String, byte[]> store,
      KeyValueStore<String, AgentRun> summaries) {
    this.config = config;
    this.partition = partition;
    this.store = store;
    this.summaries = summaries;
    this.codec = new RunCodec(config.loopLimit());
  }

  /** Reads every spilled run and summary once, to know what is due. */
  void restore(Consumer<RunState> each) {
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        RunState run = codec.read(entry.key, entry.value);
        schedule(run);
        each.accept(run);
      }
    }
    try (KeyValueIterator<String, AgentRun> all = summaries.all()) {
      while (all.hasNext()) {
        KeyValue<String, AgentRun> entry = all.next();
        forgetLater(entry.key, entry.value.getEndMs());
      }
    }
  }

  /** The run of a trace; a new one when the old one had been silent beyond the horizon. */
  RunState of(String traceId, long eventMs) {
    RunState run = heap.get(traceId);
    if (run == null) {
      byte[] spilled = store.get(traceId);
      run = spilled == null ? null : codec.read(traceId, spilled);
    }
    if (run != null && eventMs > run.lastMs() + config.horizon().toMillis()) {
      run = null;
    }
    if (run == null) {
      run = new RunState(traceId, config.loopLimit());
    }
    heap.put(traceId, run);
    return run;
  }

  /** The run has changed. */
  void touched(RunState run) {
    touched.add(run.traceId());
    schedule(run);
  }

  /** Closes, expires and forgets what the watermark has passed; summaries go to {@code out}. */
  void advance(long watermark, Windows windows, Consumer<AgentRun> out) {
    while (!due.isEmpty() && due.peek().atMs() <= watermark) {
      Due next = due.poll();
      if (next.atMs() != scheduled.getOrDefault(next.traceId(), Long.MIN_VALUE)) {
        continue;
      }
      scheduled.remove(next.traceId());
      settle(next.traceId(), watermark, windows, out);
    }
    while (!forgetting.isEmpty() && forgetting.peek().atMs() <= watermark) {
      summaries.delete(forgetting.poll().traceId());
    }
  }

  /** Writes touched runs to the store and lets go of those that have been quiet. */
  void spill(long watermark) {
    for (String traceId : touched) {
      RunState run = heap.get(traceId);
      if (run != null) {
        store.put(traceId, codec.write(run));
        if (run.progress().unpublished()) {
          summaries.put(traceId, run.summary(partition));
        }
      }
    }
    touched.clear();
    long quiet = config.window().plus(config.lateness()).multipliedBy(2).toMillis();
    heap.values().removeIf(run -> run.lastMs() + quiet <= watermark);
  }

  private void settle(String traceId, long watermark, Windows windows, Consumer<AgentRun> out) {
    RunState run = heap.get(traceId);
    if (run == null) {
      byte[] spilled = store.get(traceId);
      if (spilled == null) {
        return;
      }
      run = codec.read(traceId, spilled);
    }
    long at = dueAt(run);
    if (at > watermark) {
      schedule(run);
      return;
    }
    if (expired(run, watermark)) {
      publishIfChanged(run, out);
      heap.remove(traceId);
      touched.remove(traceId);
      store.delete(traceId);
      return;
    }
    if (!run.rooted() && run.progress().closedAtMs() == null) {
      run.closeWithoutRoot(at, windows);
    }
    publishIfChanged(run, out);
    heap.put(traceId, run);
    touched.add(traceId);
    schedule(run);
  }

  private void publishIfChanged(RunState run, Consumer<AgentRun> out) {
    if (run.progress().unpublished()) {
      AgentRun summary = run.summary(partition);
      run.progress().publish();
      summaries.put(run.traceId(), summary);
      forgetLater(run.traceId(), summary.getEndMs());
      out.accept(summary);
    }
  }

  private void forgetLater(String traceId, long endMs) {
    forgetting.add(new Due(endMs + config.runRetention().toMillis(), traceId));
  }

  private boolean expired(RunState run, long watermark) {
    return run.lastMs() + config.horizon().toMillis() <= watermark;
  }

  private long dueAt(RunState run) {
    if (!run.rooted() && run.progress().closedAtMs() == null) {
      return run.lastMs() + config.inactivity().toMillis();
    }
    return run.progress().unpublished() ? run.lastMs() : run.lastMs() + config.horizon().toMillis();
  }

  private void schedule(RunState run) {
    long at = dueAt(run);
    Long already = scheduled.get(run.traceId());
    if (already == null || at < already) {
      scheduled.put(run.traceId(), at);
      due.add(new Due(at, run.traceId()));
    }
  }
}
