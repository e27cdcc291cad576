package dev.tidemark.core.run;

import dev.tidemark.core.hash.LongTable;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The distinct spans of one run in order, and who is inside whom. Small runs are searched, larger
 * ones indexed. While a span is being replaced it stands beside its successor and is found nowhere.
 */
final class RunSpans {
  private static final int SMALL = 24;

  private SpanFact[] spans = new SpanFact[4];
  private int size;
  private SpanFact replaced;

  /** Indexes of runs that are not small; null while they are. */
  private LongTable<SpanFact> byId;

  private LongTable<SpanFact> modelsByParent;
  private LongTable<SpanFact> toolsByParent;

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
    return byId != null ? modelsByParent.get(id) : child(id, true);
  }

  /** A tool call inside the span, or null. */
  SpanFact toolIn(long id) {
    return byId != null ? toolsByParent.get(id) : child(id, false);
  }

  private SpanFact child(long id, boolean model) {
    for (int i = 0; i < size; i++) {
      SpanFact fact = spans[i];
      if (fact.parentId == id && fact != replaced && (model ? fact.isModel() : fact.isTool())) {
        return fact;
      }
    }
    return null;
  }

  private void reindex() {
    byId = new LongTable<>();
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
      toolsByParent.put(fact.parentId, fact);
    }
  }

  /** A span that is no attempt any more once {@code fact} is there: what it wraps or is inside. */
  SpanFact reclassified(SpanFact fact) {
    if (fact.isTool()) {
      return toolIn(fact.id);
    }
    if (fact.isModel() && fact.parentId != 0) {
      SpanFact parent = find(fact.parentId);
      return parent != null && parent.isModel() ? parent : null;
    }
    return null;
  }

  /** Leaf model calls and outermost spans of a tool call; wrappers of either are no attempts. */
  boolean attempt(SpanFact fact) {
    if (fact == replaced) {
      return false;
    }
    if (fact.isModel()) {
      return modelIn(fact.id) == null;
    }
    if (!fact.isTool()) {
      return false;
    }
    SpanFact outer = fact.parentId == 0 ? null : find(fact.parentId);
    return outer == null || !outer.isTool() || outer.target != fact.target;
  }
}
