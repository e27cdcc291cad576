package dev.tidemark.streams.observe;

import dev.tidemark.core.run.EventFact;
import dev.tidemark.core.run.RunState;
import dev.tidemark.core.run.RunState.Insert;
import dev.tidemark.core.run.SpanFact;
import dev.tidemark.core.run.TraceKey;
import dev.tidemark.core.run.Windows;
import dev.tidemark.core.window.Combiner;
import dev.tidemark.records.AgentRun;
import dev.tidemark.streams.topology.Counts;
import dev.tidemark.wire.Partitioning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The runs of one source partition: those that move in the heap, the others in {@link SpilledRuns}.
 * A run is looked at when the watermark passes a bound of the window grid: judged, closed, summed
 * up, let go. It is looked at as it was when arrivals reached that bound, so what comes out does
 * not depend on how far the partition had been read.
 */
final class OpenRuns {
  private static final int LOOKS_AT_ONCE = 5_000;

  private final ObserveConfig config;
  private final int partition;
  private final SpilledRuns spilled;
  private final Counts counts;
  private final LiveLoops loops;
  private final Map<TraceKey, RunState> heap = new HashMap<>();
  private final RunTimes times;
  private final Wakes wakes = new Wakes();
  private List<RunState> unsettled = new ArrayList<>();
  private final TouchedRuns touched = new TouchedRuns();
  private final RunRoom room;
  private final ParkedFacts parked = new ParkedFacts();
  private long passed = Long.MIN_VALUE;
  private long facts;
  private long lookedAt = Long.MIN_VALUE;
  private RunState last;

  OpenRuns(
      ObserveConfig config, int partition, SpilledRuns spilled, LiveLoops loops, Counts counts) {
    this.config = config;
    this.partition = partition;
    this.spilled = spilled;
    this.counts = counts;
    this.loops = loops;
    this.times = new RunTimes(config);
    this.room = new RunRoom(config.limits());
  }

  /** Takes a span in. */
  void insert(SpanFact fact, long high, long low, Windows windows) {
    RunState known = known(high, low);
    if (parked.waitedBefore(0, fact.offset()) || tooSoon(known, fact.endMs(), fact.arrivalMs())) {
      parked.add(new Parked(fact.arrivalMs(), 0, fact.offset(), high, low, fact, null));
    } else {
      join(known, fact, high, low, windows);
    }
  }

  private void join(RunState known, SpanFact fact, long high, long low, Windows windows) {
    RunState run = of(known, high, low, fact.endMs(), fact.scope().scope().tenant());
    if (run == null) {
      counts.record("unlinked");
      RunState.countAlone(fact, high, low, windows);
      return;
    }
    boolean waited = run.unsettled();
    Insert insert = run.insert(fact, windows);
    if (run.unsettled() && !waited) {
      unsettled.add(run);
    } else if (!run.unsettled() && insert != Insert.KNOWN) {
      loops.inserted(run, fact);
    }
    took(run, insert, fact.arrivalMs(), fact.endMs());
  }

  /** Takes an event in. */
  void insert(EventFact fact, long high, long low, Windows windows) {
    RunState known = known(high, low);
    long timeMs = fact.event().getTimeMs();
    if (parked.waitedBefore(1, fact.offset()) || tooSoon(known, timeMs, fact.arrivalMs())) {
      parked.add(new Parked(fact.arrivalMs(), 1, fact.offset(), high, low, null, fact));
    } else {
      join(known, fact, high, low, windows);
    }
  }

  private void join(RunState known, EventFact fact, long high, long low, Windows windows) {
    long timeMs = fact.event().getTimeMs();
    RunState run = of(known, high, low, timeMs, fact.scope().scope().tenant());
    if (run == null) {
      counts.record("unlinked");
      new RunState(high, low, Integer.MAX_VALUE).insert(fact, windows);
      return;
    }
    boolean waited = run.unsettled();
    Insert insert = run.insert(fact, windows);
    if (run.unsettled() && !waited) {
      unsettled.add(run);
    }
    took(run, insert, fact.arrivalMs(), timeMs);
  }

  /** Whether the other topic has not been read as far as the trace's return. */
  private boolean tooSoon(RunState run, long eventMs, long arrivalMs) {
    return run != null && times.beyond(run, eventMs) && passed < arrivalMs - times.latenessMs();
  }

  /** Records that wait for the other topic. */
  ParkedFacts parked() {
    return parked;
  }

  private void took(RunState run, Insert insert, long arrivalMs, long endMs) {
    if (insert == Insert.KNOWN) {
      return;
    }
    if (insert != Insert.COUNTED) {
      counts.record(insert.name().toLowerCase(Locale.ROOT));
    } else {
      facts++;
    }
    touched.add(run);
    schedule(run, times.wakeOf(run, arrivalMs, endMs));
  }

  /** The run of a trace, or null. */
  RunState known(long high, long low) {
    RunState run = last;
    if (run == null || run.traceLow() != low || run.traceHigh() != high) {
      run = heap.get(new TraceKey(high, low));
      if (run == null) {
        run = spilled.load(high, low);
        if (run != null && times.over(run) && run.progress().wakeMs() > lookedAt) {
          take(run); // Its block wakes it.
        } else if (run != null) {
          wake(run);
        }
      }
    }
    return run;
  }

  /** The run of a trace, a new one when there is none; null when no more can be held. */
  private RunState of(RunState known, long high, long low, long eventMs, String tenant) {
    RunState run = known;
    if (run != null && times.beyond(run, eventMs) && run.progress().finished()) {
      forget(run);
      run = null;
    }
    if (run == null) {
      run = fresh(high, low, tenant);
    }
    last = run;
    return run;
  }

  private RunState fresh(long high, long low, String tenant) {
    if (!room.take(tenant)) {
      return null;
    }
    RunState run = new RunState(high, low, config.loops().identical());
    if (Partitioning.trace(run.traceId(), config.sourcePartitions()) != partition) {
      counts.record("misplaced");
    }
    heap.put(new TraceKey(high, low), run);
    return run;
  }

  private void take(RunState run) {
    heap.put(run.trace(), run);
    facts += run.facts();
  }

  private void wake(RunState run) {
    take(run);
    long wake = run.progress().wakeMs();
    run.progress().wakeAt(Long.MAX_VALUE);
    schedule(run, wake);
  }

  private void forget(RunState run) {
    heap.remove(run.trace());
    spilled.forget(run.traceHigh(), run.traceLow());
    facts -= run.facts();
    room.give(run.tenant());
    wakes.remove(run);
    run.progress().touch(false);
    last = last == run ? null : last;
  }

  private void schedule(RunState run, long atMs) {
    long bound = Math.max(times.ceiling(atMs), lookedAt == Long.MIN_VALUE ? atMs : lookedAt + 1);
    bound = times.ceiling(bound);
    if (bound < run.progress().wakeMs()) {
      wakes.put(run, bound);
    }
  }

  /** Links what came out of order. */
  void settle(Windows windows) {
    for (RunState run : unsettled) {
      run.settle(windows);
      loops.settled(run);
    }
    unsettled = new ArrayList<>();
  }

  /**
   * Looks at the runs whose time the watermark has passed; summaries go to {@code out}. Comes only
   * as far as the end of a window when there is much to look at, so that a transaction stays short.
   *
   * @return how far it came
   */
  long advance(long watermark, Combiner windows, Consumer<AgentRun> out) {
    while (parked.due(watermark + times.latenessMs())) {
      Parked next = parked.first();
      passed = Math.max(passed, lookUpTo(next.arrivalMs() - times.latenessMs(), windows, out));
      if (passed < next.arrivalMs() - times.latenessMs()) {
        return passed;
      }
      join(parked.take(), windows);
    }
    long came = lookUpTo(watermark, windows, out);
    passed = Math.max(passed, came);
    return came;
  }

  private void join(Parked one, Combiner windows) {
    windows.nextCause();
    RunState known = known(one.traceHigh(), one.traceLow());
    if (one.span() == null) {
      join(known, one.event(), one.traceHigh(), one.traceLow(), windows);
    } else {
      join(known, one.span(), one.traceHigh(), one.traceLow(), windows);
    }
    settle(windows);
  }

  /**
   * After a restart, when all was looked at as before: records that wait because it was not known
   * how far the partition had come, but did not wait when the task was last alive, join the runs
   * they had joined then.
   */
  void rejoin(Combiner windows) {
    for (Parked one : parked.takeCounted()) {
      join(one, windows);
    }
  }

  private long lookUpTo(long watermark, Combiner windows, Consumer<AgentRun> out) {
    int looks = 0;
    for (long next = nextBound(); next <= watermark; next = nextBound()) {
      long bound = next;
      if (looks >= LOOKS_AT_ONCE && bound > lookedAt) {
        lookedAt = Math.max(lookedAt, bound - times.windowMs());
        return lookedAt;
      }
      spilled.due(bound, trace -> held(trace, bound), this::wake);
      lookedAt = Math.max(lookedAt, bound);
      for (RunState run : wakes.take(bound)) {
        windows.nextCause();
        looks++;
        look(run, bound, windows, out);
      }
    }
    lookedAt = Math.max(lookedAt, Math.floorDiv(watermark, times.windowMs()) * times.windowMs());
    return watermark;
  }

  private long nextBound() {
    return Math.min(wakes.first(), spilled.firstWakeMs());
  }

  /** Whether a run that its block wakes is in the heap; then it is looked at there. */
  private boolean held(TraceKey trace, long watermark) {
    RunState run = heap.get(trace);
    if (run != null && run.progress().wakeMs() <= watermark) {
      wakes.put(run, run.progress().wakeMs());
    }
    return run != null;
  }

  private void look(RunState run, long bound, Windows windows, Consumer<AgentRun> out) {
    long before = bound + times.latenessMs();
    RunState view = run.asOf(before);
    touched.add(run);
    if (view != run) {
      schedule(run, bound + 1); // What arrived later is looked at when its time has come.
    }
    SpanFact root = view.root();
    if (root != null && root.endMs() >= bound) {
      schedule(run, root.endMs() + 1);
      return;
    }
    if (view.facts() > 0 && root == null && !run.progress().closed()) {
      long due = times.due(view);
      if (due >= bound) {
        schedule(run, due + 1);
        return;
      }
      run.closeWithoutRoot(due);
      if (view != run) {
        view.closeWithoutRoot(due);
      }
    }
    run.judge(view, before - 1, windows);
    if (view == run && run.progress().finished() && run.progress().unpublished()) {
      if (run.progress().judged()) {
        AgentRun summary = run.summary(partition);
        out.accept(summary);
        loops.over(run, summary);
      } else {
        counts.record(run.spans().isEmpty() ? "orphan-events" : "no-agent", run.facts());
      }
      run.progress().publish();
      touched.done(run);
    }
    if (view == run && times.over(run) && times.gone(run) <= bound) {
      forget(run);
      return;
    }
    if (view == run && times.over(run)) {
      run.progress().wakeAt(times.ceiling(times.gone(run))); // Its block will wake it.
    } else if (view == run) {
      schedule(run, times.wakeOf(run, run.lastArrivalMs(), run.lastMs()));
    }
  }

  /** Writes the runs that were summed up and lets go of them, once they are worth a few blocks. */
  void spillDone() {
    List<RunState> write = touched.takeDone();
    spilled.write(write);
    write.forEach(this::letGo);
  }

  private void letGo(RunState run) {
    if (heap.remove(run.trace(), run)) {
      facts -= run.facts();
    }
    wakes.remove(run);
    last = last == run ? null : last;
  }

  /** Whether so much is in the heap that it is time to spill early. */
  boolean heavy() {
    return facts > config.limits().factsInHeap();
  }

  /**
   * Writes what was touched, and lets go of runs that are summed up or, when there are too many, of
   * all.
   */
  void spill() {
    List<RunState> write = touched.takeAll();
    spilled.write(write);
    spilled.tidy();
    loops.spilled();
    boolean all = heavy();
    if (all) {
      counts.record("heap-let-go");
    }
    for (RunState run : all ? new ArrayList<>(heap.values()) : write) {
      if (all || (run.progress().finished() && !run.progress().unpublished())) {
        letGo(run);
      }
    }
  }

  /** Finds out what was spilled; runs that have something in unsent windows contribute it again. */
  void restore(Combiner windows) {
    long open = Math.floorDiv(windows.sentUpTo(), times.windowMs()) * times.windowMs();
    spilled.restore(
        (tenant, lastMs) -> room.restore(tenant),
        open,
        run -> {
          for (long window : run.windowsFrom(open, windows)) {
            run.contribute(window, window + times.windowMs() + times.latenessMs(), windows);
          }
        });
  }
}
