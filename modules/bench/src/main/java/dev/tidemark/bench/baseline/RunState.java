package dev.tidemark.bench.baseline;

import dev.tidemark.records.SpanKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One run while its evidence comes in: distinct spans in order, how the attempts are linked, what
 * was contributed to windows. Its contributions are a function of the set of spans; a span that
 * changes how another one is classified sends signed corrections. Not thread-safe.
 */
public final class RunState {
  /** Spans one run may link; beyond it the run is truncated and says so. */
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
  private final Map<String, SpanFact> spanById = new HashMap<>();
  private final Set<String> parentsOfModels = new HashSet<>();
  private final Set<String> parentsOfTools = new HashSet<>();
  private final Map<String, Link> links = new HashMap<>();
  private Linker linker = new Linker();
  private RunVerdict verdict;
  private final RunProgress progress = new RunProgress();

  /**
   * @param loopLimit identical calls from which a run counts as looping
   */
  public RunState(String traceId, int loopLimit) {
    this.traceId = traceId;
    this.loopLimit = loopLimit;
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

  public String traceId() {
    return traceId;
  }

  /** Distinct spans in order. */
  public List<SpanFact> spans() {
    return Collections.unmodifiableList(spans);
  }

  Link link(SpanFact fact) {
    return links.get(fact.id());
  }

  Linker linker() {
    return linker;
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
    if (spans.size() < CAP) {
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
    RunVerdict now = RunVerdict.of(this);
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
}
