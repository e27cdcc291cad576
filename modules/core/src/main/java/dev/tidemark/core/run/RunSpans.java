package dev.tidemark.core.run;

import dev.tidemark.core.hash.LongTable;
import dev.tidemark.records.SpanKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The distinct spans of one run in order, and who is inside whom. Small runs are searched, larger
 * ones indexed. While a span is being replaced it stands beside its successor and is found nowhere.
 */
final class RunSpans {
  private static final int SMALL = 24;

  /** So deep may spans of one and the same tool call be inside each other. */
  private static final int DEEPEST = 4;

  /** So many spans around one are looked at. */
  private static final int ANCESTORS = 64;

  private SpanFact[] spans = new SpanFact[4];
  private int size;
  private SpanFact replaced;

  /** Indexes of runs that are not small; null while they are. */
  private LongTable<SpanFact> byId;

  private LongTable<SpanFact> modelsByParent;
  private LongTable<List<SpanFact>> toolsByParent;
  private LongTable<List<SpanFact>> toolsByCall;

  int size() {
    return size;
  }

  SpanFact get(int i) {
    return spans[i];
  }

  List<SpanFact> list() {
    return Collections.unmodifiableList(Arrays.asList(spans).subList(0, size));
  }

  /** Whether a span would be the last in order. */
  boolean last(SpanFact fact) {
    return size == 0 || spans[size - 1].compareTo(fact) < 0;
  }

  void place(SpanFact fact) {
    int at = last(fact) ? size : Arrays.binarySearch(spans, 0, size, fact);
    at = at < 0 ? -at - 1 : at;
    if (size == spans.length) {
      spans = Arrays.copyOf(spans, size * 2);
    }
    System.arraycopy(spans, at, spans, at + 1, size - at);
    spans[at] = fact;
    size++;
    if (byId != null) {
      index(fact);
    } else if (size > SMALL) {
      reindex();
    }
  }

  /** A span gives way to another one with its id, which is placed next. */
  void replace(SpanFact known) {
    replaced = known;
    if (byId != null) {
      reindex();
    }
  }

  boolean replaced(SpanFact fact) {
    return fact == replaced;
  }

  /** The span that gave way is gone. */
  void dropReplaced() {
    if (replaced == null) {
      return;
    }
    int at = 0;
    while (spans[at] != replaced) {
      at++;
    }
    System.arraycopy(spans, at + 1, spans, at, size - at - 1);
    spans[--size] = null;
    replaced = null;
  }

  /** A span by its id, or null. */
  SpanFact find(long id) {
    if (byId != null) {
      return byId.get(id);
    }
    for (int i = 0; i < size; i++) {
      if (spans[i].id == id && spans[i] != replaced) {
        return spans[i];
      }
    }
    return null;
  }

  /** A model call inside the span, or null. */
  SpanFact modelIn(long id) {
    return byId != null ? modelsByParent.get(id) : childModel(id);
  }

  private SpanFact childModel(long id) {
    for (int i = 0; i < size; i++) {
      if (spans[i].parentId == id && spans[i] != replaced && spans[i].isModel()) {
        return spans[i];
      }
    }
    return null;
  }

  /** Tool calls directly inside the span. */
  private List<SpanFact> toolsIn(long id) {
    if (byId != null) {
      List<SpanFact> tools = toolsByParent.get(id);
      return tools == null ? List.of() : tools;
    }
    List<SpanFact> tools = List.of();
    for (int i = 0; i < size; i++) {
      if (spans[i].parentId == id && spans[i] != replaced && spans[i].isTool()) {
        tools = tools.isEmpty() ? new ArrayList<>(2) : tools;
        tools.add(spans[i]);
      }
    }
    return tools;
  }

  /** Spans of tools under the id of the call of one of them. */
  private List<SpanFact> namesakes(SpanFact tool) {
    if (tool.callId == 0) {
      return List.of();
    }
    if (byId != null) {
      List<SpanFact> tools = toolsByCall.get(tool.callId);
      return tools == null ? List.of() : tools;
    }
    List<SpanFact> tools = List.of();
    for (int i = 0; i < size; i++) {
      SpanFact fact = spans[i];
      if (fact.callId == tool.callId && fact != replaced && fact != tool && fact.isTool()) {
        tools = tools.isEmpty() ? new ArrayList<>(2) : tools;
        tools.add(fact);
      }
    }
    return tools;
  }

  private void reindex() {
    byId = new LongTable<>();
    toolsByCall = new LongTable<>();
    modelsByParent = new LongTable<>();
    toolsByParent = new LongTable<>();
    for (int i = 0; i < size; i++) {
      if (spans[i] != replaced) {
        index(spans[i]);
      }
    }
  }

  private void index(SpanFact fact) {
    byId.put(fact.id, fact);
    if (fact.parentId != 0 && fact.isModel()) {
      modelsByParent.put(fact.parentId, fact);
    } else if (fact.parentId != 0 && fact.isTool()) {
      among(toolsByParent, fact.parentId).add(fact);
    }
    if (fact.callId != 0 && fact.isTool()) {
      among(toolsByCall, fact.callId).add(fact);
    }
  }

  private static List<SpanFact> among(LongTable<List<SpanFact>> table, long key) {
    List<SpanFact> tools = table.get(key);
    if (tools == null) {
      tools = new ArrayList<>(2);
      table.put(key, tools);
    }
    return tools;
  }

  /** The last RUN span without a parent, else the last RUN span inside no other one, or null. */
  SpanFact root() {
    SpanFact outermost = null;
    for (int i = size - 1; i >= 0; i--) {
      SpanFact fact = spans[i];
      if (fact.kind == SpanKind.RUN) {
        if (fact.parentId == 0) {
          return fact;
        }
        if (outermost == null && !insideRun(fact)) {
          outermost = fact;
        }
      }
    }
    return outermost;
  }

  /** Whether a RUN span is among the nearest spans around it. */
  private boolean insideRun(SpanFact fact) {
    SpanFact at = fact;
    for (int depth = 0; depth < ANCESTORS && at.parentId != 0; depth++) {
      at = find(at.parentId);
      if (at == null) {
        return false;
      }
      if (at.kind == SpanKind.RUN) {
        return true;
      }
    }
    return false;
  }

  /** The earliest span that is an attempt, or is none, only until {@code fact} is there. */
  SpanFact reclassified(SpanFact fact) {
    if (fact.isTool()) {
      return reclassifiedTool(fact);
    }
    if (fact.isModel() && fact.parentId != 0) {
      SpanFact parent = find(fact.parentId);
      return parent != null && parent.isModel() ? parent : null;
    }
    return null;
  }

  private SpanFact reclassifiedTool(SpanFact fact) {
    SpanFact earliest = earliestInside(fact, null);
    for (SpanFact other : namesakes(fact)) {
      earliest = repeats(fact, other) || repeats(other, fact) ? earlier(other, earliest) : earliest;
    }
    SpanFact inner = fact;
    for (int depth = 0; depth < DEEPEST && (inner.troubled() || inner.ok()); depth++) {
      SpanFact outer = around(inner);
      if (outer == null || !outer.ok()) {
        break;
      }
      earliest = earliestInside(outer, earlier(outer, earliest));
      inner = outer;
    }
    return earliest;
  }

  private SpanFact earliestInside(SpanFact outer, SpanFact earliest) {
    SpanFact found = earliest;
    for (SpanFact tool : toolsIn(outer.id)) {
      found = tool.target == outer.target ? earlier(tool, found) : found;
    }
    for (SpanFact tool : namesakes(outer)) {
      found = repeats(outer, tool) ? earlier(tool, found) : found;
    }
    return found;
  }

  private static SpanFact earlier(SpanFact a, SpanFact b) {
    return b == null || a.compareTo(b) < 0 ? a : b;
  }

  /**
   * Leaf model calls and outermost spans of a tool call; wrappers of either are no attempts. A call
   * that says it went well around one that did not is a wrapper too: agents see a tool's failure as
   * an ordinary answer, and only the protocol inside knows.
   */
  boolean attempt(SpanFact fact) {
    if (fact == replaced) {
      return false;
    }
    if (fact.isModel()) {
      return modelIn(fact.id) == null;
    }
    if (!fact.isTool() || hidesTrouble(fact, 0)) {
      return false;
    }
    SpanFact outer = around(fact);
    return outer == null || hidesTrouble(outer, 0);
  }

  /**
   * The span of the same tool call around it, or null: its parent, else the shortest one that tells
   * the same call id and was open all the while, whatever stands between them.
   */
  private SpanFact around(SpanFact tool) {
    SpanFact outer = parent(tool);
    if (outer == null) {
      for (SpanFact other : namesakes(tool)) {
        outer = repeats(other, tool) ? earlier(other, outer) : outer;
      }
    }
    return outer;
  }

  private SpanFact parent(SpanFact tool) {
    SpanFact outer = tool.parentId == 0 ? null : find(tool.parentId);
    return outer != null && outer.isTool() && outer.target == tool.target ? outer : null;
  }

  /** Whether one span tells a call that another one inside it tells, too; attempts are siblings. */
  private static boolean repeats(SpanFact outer, SpanFact inner) {
    return outer.target == inner.target
        && outer.parentId != inner.parentId
        && outer.startMs != SpanFact.NONE
        && inner.startMs != SpanFact.NONE
        && outer.startMs <= inner.startMs
        && inner.compareTo(outer) < 0;
  }

  private boolean hidesTrouble(SpanFact outer, int depth) {
    if (!outer.ok() || depth == DEEPEST) {
      return false;
    }
    for (SpanFact inner : toolsIn(outer.id)) {
      if (inner.target == outer.target && tellsTrouble(inner, outer, depth)) {
        return true;
      }
    }
    for (SpanFact inner : namesakes(outer)) {
      if (repeats(outer, inner) && around(inner) == outer && tellsTrouble(inner, outer, depth)) {
        return true;
      }
    }
    return false;
  }

  private boolean tellsTrouble(SpanFact inner, SpanFact outer, int depth) {
    return inner.troubled() || (inner != outer && hidesTrouble(inner, depth + 1));
  }
}
