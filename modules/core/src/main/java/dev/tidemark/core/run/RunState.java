package dev.tidemark.core.run;

import dev.tidemark.core.window.Shows;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.RunClose;
import dev.tidemark.records.SpanKind;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One run while its evidence comes in: distinct spans and events in order, how the attempts are
 * linked, what was contributed to windows. Its contributions are a function of the set of spans and
 * events; a span that changes how another one is classified sends signed corrections. Spans that
 * come out of order are linked together, once, before anybody looks ({@link #settle}). Not
 * thread-safe.
 */
public final class RunState {
  /** Spans and events one run may hold; beyond it the run is truncated and says so. */
  public static final int CAP = 10_000;

  private static final int EVENT_CAP = 2_000;

  /** What became of a record. */
  public enum Insert {
    COUNTED,
    DUPLICATE,
    CONFLICT,
    TRUNCATED,
    /** The very record was counted before a restart. */
    KNOWN
  }

  private final long traceHigh;
  private final long traceLow;
  private final TraceKey trace;
  private final int loopLimit;
  private final RunProgress progress = new RunProgress();
  private final RunSpans spans = new RunSpans();
  private final RunEvents events = new RunEvents();
  private final DenialCount denials = new DenialCount();
  private final RunLinks links = new RunLinks(this, spans, events);
  private int rootSpans;
  private boolean unsettled;
  private long unsettledCauseMs;
  private long lastArrivalMs = Long.MIN_VALUE;

  /**
   * @param loopLimit identical calls from which a run counts as looping
   */
  public RunState(long traceHigh, long traceLow, int loopLimit) {
    this.traceHigh = traceHigh;
    this.traceLow = traceLow;
    this.trace = new TraceKey(traceHigh, traceLow);
    this.loopLimit = loopLimit;
  }

  /** Takes a span in and sends what that changes, unless that waits for {@link #settle}. */
  public Insert insert(SpanFact fact, Windows windows) {
    SpanFact known = spans.find(fact.id);
    Insert result = Insert.COUNTED;
    if (known != null) {
      if (known.offset == fact.offset) {
        return Insert.KNOWN;
      }
      result = progress.duplicate(known.hash == fact.hash);
      if (!wins(fact.hash, fact.arrivalMs, known.hash, known.arrivalMs)) {
        return result;
      }
    } else if (full()) {
      return Insert.TRUNCATED;
    }
    progress.unpublished = true;
    long cause = fact.arrivalMs;
    SpanFact other = spans.reclassified(fact);
    long earliest = other == null ? fact.endMs : Math.min(other.endMs, fact.endMs);
    boolean corrects = windows.correction(earliest, cause);
    if (corrects || known != null) {
      settle(windows);
    }
    if (known != null) {
      EventCounts.add(known, -1, cause, windows);
      HumanFacts.tell(this, known, -1, cause, windows);
      known.links = known.attempt() ? known.links : 0;
      denials.add(known, -1);
      spans.replace(known);
    }
    denials.add(fact, 1);
    boolean joins = denials.meet() && Denials.tells(fact);
    boolean inOrder = known == null && other == null && !unsettled && !joins && spans.last(fact);
    spans.place(fact);
    rootSpans += fact.kind == SpanKind.RUN ? 1 : 0;
    lastArrivalMs = Math.max(lastArrivalMs, cause);
    EventCounts.add(fact, 1, cause, windows);
    HumanFacts.tell(this, fact, 1, cause, windows);
    if (inOrder) {
      links.append(fact, cause, windows);
    } else {
      // Of two spans with one id only one may stand any longer.
      relink(known != null || corrects, cause, windows);
    }
    return result;
  }

  private void relink(boolean now, long cause, Windows windows) {
    if (now) {
      links.relink(cause, windows);
    } else {
      unsettledCauseMs = unsettled ? Math.min(unsettledCauseMs, cause) : cause;
      unsettled = true;
    }
  }

  /** Counts an attempt that belongs to no run that could be held: as the only one of its run. */
  public static void countAlone(SpanFact fact, long high, long low, Windows windows) {
    RunState alone = new RunState(high, low, Integer.MAX_VALUE);
    alone.insert(fact, windows);
  }

  /** Takes an event in and sends what that changes. */
  public Insert insert(EventFact fact, Windows windows) {
    EventFact known = events.find(fact.event().getEventId());
    Insert result = Insert.COUNTED;
    if (known != null) {
      if (known.offset() == fact.offset()) {
        return Insert.KNOWN;
      }
      result = progress.duplicate(known.hash() == fact.hash());
      if (!wins(fact.hash(), fact.arrivalMs(), known.hash(), known.arrivalMs())) {
        return result;
      }
    } else if (events.size() >= EVENT_CAP || full()) {
      progress.truncated = true;
      return Insert.TRUNCATED;
    }
    progress.unpublished = true;
    long cause = fact.arrivalMs();
    boolean met = known != null && denials.meet() && Denials.judges(known);
    boolean joins = met || (denials.any() && Denials.judges(fact));
    boolean corrects = joins && windows.correction(fact.event().getTimeMs(), cause);
    if (met || corrects) {
      settle(windows);
    }
    if (known != null) {
      EventCounts.add(known, events.retold(known), -1, cause, windows);
      HumanFacts.tell(this, known, -1, cause, windows);
      denials.add(known, -1);
      events.remove(known);
    }
    denials.add(fact, 1);
    events.place(fact);
    lastArrivalMs = Math.max(lastArrivalMs, cause);
    EventCounts.add(fact, false, 1, cause, windows);
    HumanFacts.tell(this, fact, 1, cause, windows);
    if (joins) {
      relink(met || corrects, cause, windows);
    }
    return result;
  }

  /** Links what came out of order, as of the first arrival of it. */
  public void settle(Windows windows) {
    if (unsettled) {
      unsettled = false;
      links.relink(unsettledCauseMs, windows);
    }
  }

  /** Whether spans wait to be linked. */
  public boolean unsettled() {
    return unsettled;
  }

  /**
   * The run as of an arrival: this one when nothing came later.
   *
   * @param beforeMs records that arrived at this time or later are left out
   */
  public RunState asOf(long beforeMs) {
    if (lastArrivalMs < beforeMs) {
      return this;
    }
    RunState then = new RunState(traceHigh, traceLow, loopLimit);
    for (SpanFact span : spans.list()) {
      if (span.arrivalMs < beforeMs) {
        then.insert(new SpanFact(span), Nowhere.WINDOWS);
      }
    }
    for (EventFact event : events.list()) {
      if (event.arrivalMs() < beforeMs) {
        then.insert(event, Nowhere.WINDOWS);
      }
    }
    then.settle(Nowhere.WINDOWS);
    then.progress.duplicates = progress.duplicates;
    then.progress.conflicts = progress.conflicts;
    then.progress.truncated = progress.truncated;
    then.progress.closedAtMs = progress.closedAtMs;
    then.progress.published = progress.published;
    return then;
  }

  /**
   * Sends what the run's records contribute to one window, as it was when the window was over:
   * windows in the heap are rebuilt so after a restart. A verdict counts in windows sent already.
   *
   * @param windowMs start of the window
   * @param beforeMs records that arrived at this time or later had no part in it
   */
  public void contribute(long windowMs, long beforeMs, Windows windows) {
    RunState view = asOf(beforeMs);
    view.links.contribute(windowMs, windows);
    for (EventFact event : view.events.list()) {
      if (windows.windowOf(event.event().getTimeMs()) == windowMs) {
        boolean retold = view.events.retold(event);
        EventCounts.add(event, retold, 1, event.arrivalMs(), windows);
      }
    }
  }

  /** Starts of the windows from {@code fromMs} on that the run has something in. */
  public Set<Long> windowsFrom(long fromMs, Windows windows) {
    Set<Long> found = new TreeSet<>();
    spans.list().forEach(span -> found.add(windows.windowOf(span.endMs)));
    events.list().forEach(event -> found.add(windows.windowOf(event.event().getTimeMs())));
    found.removeIf(window -> window < fromMs);
    return found;
  }

  /** Closes a run that has no root: its verdict counts in the window of {@code atMs}. */
  public void closeWithoutRoot(long atMs) {
    progress.closedAtMs = atMs;
    progress.unpublished = true;
  }

  /** Sends what changed in the run's verdict, as it stands in {@code view}. */
  public void judge(RunState view, long causeMs, Windows windows) {
    RunVerdict before = progress.verdict;
    RunVerdict now = RunSummary.verdict(view);
    if (now == null ? before == null : now.says(before)) {
      return;
    }
    progress.verdict = now;
    if (before != null) {
      before.add(-1, causeMs, windows);
      exemplars(before, -1, causeMs, windows);
    }
    if (now != null) {
      now.add(1, causeMs, windows);
      exemplars(now, 1, causeMs, windows);
    }
  }

  private void exemplars(RunVerdict verdict, int sign, long causeMs, Windows windows) {
    if (windows.correction(verdict.endMs(), causeMs)) {
      long window = windows.windowOf(verdict.endMs());
      Replacements touched = new Replacements(this, Shows.OF_RUNS, causeMs, windows);
      touched.touch(verdict.scope().agent(), window);
      touched.touch(verdict.scope().fleet(), window);
      touched.send();
      return;
    }
    for (int rest = verdict.shows(); rest != 0; rest &= rest - 1) {
      windows
          .at(verdict.scope().agent(), verdict.endMs(), causeMs)
          .addExemplar(Shows.at(Integer.numberOfTrailingZeros(rest)), traceHigh, traceLow, sign);
    }
  }

  /** The summary as of now. */
  public AgentRun summary(int sourcePartition) {
    return RunSummary.of(this, sourcePartition);
  }

  /** Latest end of a span or time of an event, milliseconds since the epoch. */
  public long lastMs() {
    long last = spans.size() == 0 ? Long.MIN_VALUE : spans.get(spans.size() - 1).endMs;
    return events.size() == 0 ? last : Math.max(last, events.last().event().getTimeMs());
  }

  /** Latest arrival, milliseconds since the epoch. */
  public long lastArrivalMs() {
    return lastArrivalMs;
  }

  /** Whether it waits for a human. */
  public boolean awaitsHuman() {
    int size = spans.size();
    return size > 0 && spans.get(size - 1).outcome == Outcome.AWAITING_HUMAN;
  }

  /** The last RUN span without a parent, else the last RUN span inside no other one. */
  public SpanFact root() {
    return rootSpans == 0 ? null : spans.root();
  }

  /** Whether any span tells of an agent: a web request alone is no run. */
  public boolean tellsOfAgent() {
    for (int i = 0; i < spans.size(); i++) {
      if (spans.get(i).kind != SpanKind.STEP) {
        return true;
      }
    }
    return false;
  }

  /** How the run came to its summary so far. */
  public RunProgress progress() {
    return progress;
  }

  /** The trace as a key. */
  public TraceKey trace() {
    return trace;
  }

  public long traceHigh() {
    return traceHigh;
  }

  public long traceLow() {
    return traceLow;
  }

  /** Trace id, 32 hex digits. */
  public String traceId() {
    return SpanFact.hex(traceHigh) + SpanFact.hex(traceLow);
  }

  /** Whose run it is, as its first record says. */
  public String tenant() {
    return spans.size() > 0
        ? spans.get(0).scope.scope().tenant()
        : events.list().get(0).scope().scope().tenant();
  }

  /** Number of distinct spans and events. */
  public int facts() {
    return spans.size() + events.size();
  }

  /** Distinct spans in order. */
  public List<SpanFact> spans() {
    return spans.list();
  }

  /** Distinct events in order. */
  public List<EventFact> events() {
    return events.list();
  }

  /** A distinct span by its id, or null. */
  SpanFact span(long id) {
    return spans.find(id);
  }

  /** Whether verdicts may be about what other records tell as denied. */
  boolean denialsMeet() {
    return denials.meet();
  }

  Linker linker() {
    return links.linker();
  }

  int loopLimit() {
    return loopLimit;
  }

  /** Whether the run was closed by a root or by time. */
  RunClose closedBy() {
    if (root() != null) {
      return RunClose.ROOT;
    }
    return progress.closed() ? RunClose.INACTIVITY : RunClose.OPEN;
  }

  private boolean full() {
    if (facts() < CAP) {
      return false;
    }
    progress.truncated = true;
    return true;
  }

  private static boolean wins(long hash, long arrival, long otherHash, long otherArrival) {
    return hash != otherHash ? hash < otherHash : arrival < otherArrival;
  }
}
