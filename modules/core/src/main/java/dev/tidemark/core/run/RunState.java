package dev.tidemark.core.run;

import dev.tidemark.records.AgentRun;
import dev.tidemark.records.RunClose;
import dev.tidemark.records.SpanKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One run while its evidence comes in: distinct spans and events in order, how the attempts are
 * linked, what was contributed to windows. Its contributions are a function of the set of spans and
 * events; a span that changes how another one is classified sends signed corrections. Not
 * thread-safe.
 */
public final class RunState {
  /** Spans and events one run may link; beyond it the run is truncated and says so. */
  public static final int CAP = 10_000;

  /** What became of a record. */
  public enum Insert {
    COUNTED,
    DUPLICATE,
    CONFLICT,
    TRUNCATED
  }

  private final String traceId;
  private final int loopLimit;
  private final List<SpanFact> spans = new ArrayList<>();
  private final List<EventFact> events = new ArrayList<>();
  private final Map<String, SpanFact> spanById = new HashMap<>();
  private final Map<String, EventFact> eventById = new HashMap<>();
  private final Set<String> parentsOfModels = new HashSet<>();
  private final Set<String> parentsOfTools = new HashSet<>();
  private final Map<String, Link> links = new HashMap<>();
  private Linker linker = new Linker();
  private RunVerdict verdict;
  private final RunProgress progress;

  /**
   * @param loopLimit identical calls from which a run counts as looping
   */
  public RunState(String traceId, int loopLimit) {
    this(traceId, loopLimit, new RunProgress());
  }

  /** A run read back from where it was spilled; its facts are inserted again without windows. */
  public RunState(String traceId, int loopLimit, RunProgress progress) {
    this.traceId = traceId;
    this.loopLimit = loopLimit;
    this.progress = progress;
  }

  /** Takes a span in and sends what that changes. */
  public Insert insert(SpanFact fact, Windows windows) {
    SpanFact known = spanById.get(fact.id());
    if (known != null) {
      return replaceSpan(known, fact, windows);
    }
    if (full()) {
      return Insert.TRUNCATED;
    }
    place(fact, false, windows);
    return Insert.COUNTED;
  }

  /** Takes an event in and sends what that changes. */
  public Insert insert(EventFact fact, Windows windows) {
    EventFact known = eventById.get(fact.event().getEventId());
    if (known == null && full()) {
      return Insert.TRUNCATED;
    }
    Insert result = Insert.COUNTED;
    if (known != null) {
      result = progress.duplicate(known.hash() == fact.hash());
      if (!wins(fact.hash(), fact.arrivalMs(), known.hash(), known.arrivalMs())) {
        return result;
      }
      EventCounts.add(known, -1, fact.arrivalMs(), windows);
      events.remove(known);
    }
    events.add(-Collections.binarySearch(events, fact) - 1, fact);
    eventById.put(fact.event().getEventId(), fact);
    EventCounts.add(fact, 1, fact.arrivalMs(), windows);
    judge(fact.arrivalMs(), windows);
    return result;
  }

  /** Closes a run that has no root; its verdict counts in the window of {@code atMs}. */
  public void closeWithoutRoot(long atMs, Windows windows) {
    progress.closeAt(atMs);
    judge(atMs, windows);
  }

  /** Sends every contribution again, as if all had just arrived: heap windows are rebuilt so. */
  public void contributeAll(Windows windows) {
    for (SpanFact fact : spans) {
      Link link = links.get(fact.id());
      if (link != null) {
        AttemptCounts.add(fact, link, 1, fact.arrivalMs(), windows);
      } else {
        EventCounts.add(fact, 1, fact.arrivalMs(), windows);
      }
    }
    for (EventFact fact : events) {
      EventCounts.add(fact, 1, fact.arrivalMs(), windows);
    }
    if (verdict != null) {
      verdict.add(1, verdict.endMs(), windows);
    }
  }

  /** The summary as of now. */
  public AgentRun summary(int sourcePartition) {
    return RunSummary.of(this, sourcePartition);
  }

  /** Latest end of a span or time of an event, milliseconds since the epoch. */
  public long lastMs() {
    long last = spans.isEmpty() ? Long.MIN_VALUE : spans.get(spans.size() - 1).endMs();
    return events.isEmpty()
        ? last
        : Math.max(last, events.get(events.size() - 1).event().getTimeMs());
  }

  /** Whether the root span was seen. */
  public boolean rooted() {
    return root() != null;
  }

  /** How the run came to its summary so far. */
  public RunProgress progress() {
    return progress;
  }

  public String traceId() {
    return traceId;
  }

  /** Distinct spans in order. */
  public List<SpanFact> spans() {
    return Collections.unmodifiableList(spans);
  }

  /** Distinct events in order. */
  public List<EventFact> events() {
    return Collections.unmodifiableList(events);
  }

  SpanFact span(String id) {
    return spanById.get(id);
  }

  Link link(SpanFact fact) {
    return links.get(fact.id());
  }

  Linker linker() {
    return linker;
  }

  RunVerdict verdict() {
    return verdict;
  }

  int loopLimit() {
    return loopLimit;
  }

  /** The last RUN span without a parent, else the last RUN span whose parent was not seen. */
  SpanFact root() {
    SpanFact orphan = null;
    for (int i = spans.size() - 1; i >= 0; i--) {
      SpanFact fact = spans.get(i);
      if (fact.span().getKind() == SpanKind.RUN) {
        if (fact.span().getParentSpanId() == null) {
          return fact;
        }
        if (orphan == null && !spanById.containsKey(fact.span().getParentSpanId())) {
          orphan = fact;
        }
      }
    }
    return orphan;
  }

  private boolean full() {
    if (spans.size() + events.size() < CAP) {
      return false;
    }
    progress.truncate();
    return true;
  }

  private static boolean wins(long hash, long arrival, long otherHash, long otherArrival) {
    return hash != otherHash ? hash < otherHash : arrival < otherArrival;
  }

  private Insert replaceSpan(SpanFact known, SpanFact fact, Windows windows) {
    Insert result = progress.duplicate(known.hash() == fact.hash());
    if (wins(fact.hash(), fact.arrivalMs(), known.hash(), known.arrivalMs())) {
      Link link = links.remove(known.id());
      if (link != null) {
        AttemptCounts.add(known, link, -1, fact.arrivalMs(), windows);
      } else {
        EventCounts.add(known, -1, fact.arrivalMs(), windows);
      }
      spans.remove(known);
      place(fact, true, windows);
    }
    return result;
  }

  private void place(SpanFact fact, boolean replaced, Windows windows) {
    spanById.put(fact.id(), fact);
    int at = -Collections.binarySearch(spans, fact) - 1;
    spans.add(at, fact);
    String parent = fact.span().getParentSpanId();
    boolean reclassifies =
        (fact.isTool() && parentsOfTools.contains(fact.id()))
            || (fact.isModel() && parent != null && links.containsKey(parent));
    rememberParent(fact);
    if (!attempt(fact)) {
      EventCounts.add(fact, 1, fact.arrivalMs(), windows);
    }
    if (replaced || reclassifies || at < spans.size() - 1) {
      relink(fact.arrivalMs(), windows);
    } else if (attempt(fact)) {
      Link link = linker.next(fact);
      links.put(fact.id(), link);
      AttemptCounts.add(fact, link, 1, fact.arrivalMs(), windows);
    }
    judge(fact.arrivalMs(), windows);
  }

  private void rememberParent(SpanFact fact) {
    String parent = fact.span().getParentSpanId();
    if (parent != null && fact.isModel()) {
      parentsOfModels.add(parent);
    }
    if (parent != null && fact.isTool()) {
      parentsOfTools.add(parent);
    }
  }

  /** Leaf model calls and outermost spans of a tool call; wrappers of either are no attempts. */
  private boolean attempt(SpanFact fact) {
    if (fact.isModel()) {
      return !parentsOfModels.contains(fact.id());
    }
    if (!fact.isTool()) {
      return false;
    }
    String parent = fact.span().getParentSpanId();
    SpanFact outer = parent == null ? null : spanById.get(parent);
    return outer == null || !outer.isTool() || !outer.target().equals(fact.target());
  }

  private void relink(long arrivalMs, Windows windows) {
    linker = new Linker();
    parentsOfModels.clear();
    parentsOfTools.clear();
    spans.forEach(this::rememberParent);
    for (SpanFact fact : spans) {
      Link now = attempt(fact) ? linker.next(fact) : null;
      Link before = now == null ? links.remove(fact.id()) : links.put(fact.id(), now);
      if (now == null ? before == null : now.equals(before)) {
        continue;
      }
      if (before != null) {
        AttemptCounts.add(fact, before, -1, arrivalMs, windows);
      }
      if (now != null) {
        AttemptCounts.add(fact, now, 1, arrivalMs, windows);
      }
    }
  }

  private void judge(long arrivalMs, Windows windows) {
    progress.changed();
    RunVerdict now = RunSummary.verdict(this);
    if (now == null ? verdict == null : now.equals(verdict)) {
      return;
    }
    if (verdict != null) {
      verdict.add(-1, arrivalMs, windows);
    }
    if (now != null) {
      now.add(1, arrivalMs, windows);
    }
    verdict = now;
  }

  /** Whether the run was closed by a root or by time. */
  public RunClose closedBy() {
    if (rooted()) {
      return RunClose.ROOT;
    }
    return progress.closedAtMs() == null ? RunClose.OPEN : RunClose.INACTIVITY;
  }
}
