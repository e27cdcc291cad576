package dev.tidemark.query.answer;

import dev.tidemark.records.AgentSpan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The spans of a run as an indented list, depth first. A function of the set of spans: every span
 * id gets exactly one row whatever the parents say. Of two spans with one id the smaller record is
 * shown; an orphan starts a tree of its own; a cycle is cut at its earliest span.
 */
final class Waterfall {
  private static final Comparator<AgentSpan> ORDER =
      Comparator.comparingLong(Waterfall::startMs)
          .thenComparing(AgentSpan::getEndMs)
          .thenComparing(AgentSpan::getSpanId);

  private final Map<String, AgentSpan> spans = new TreeMap<>();
  private final Map<String, Integer> copies = new LinkedHashMap<>();
  private final Map<String, Set<AgentSpan>> children = new LinkedHashMap<>();
  private final Set<String> placed = new HashSet<>();
  private final List<Row> rows = new ArrayList<>();

  private Waterfall(Collection<AgentSpan> given) {
    for (AgentSpan span : given) {
      spans.merge(span.getSpanId(), span, (a, b) -> a.compareTo(b) <= 0 ? a : b);
      copies.merge(span.getSpanId(), 1, Integer::sum);
    }
  }

  /** How a row got its place. */
  enum Place {
    /** It has no parent. */
    ROOT,
    /** Under its parent. */
    CHILD,
    /** Its parent was not seen. */
    ORPHAN,
    /** Its ancestors lead back to it; the tree was cut here. */
    CYCLE
  }

  /** One row; copies counts the records that carried its span id. */
  record Row(AgentSpan span, int depth, Place place, int copies) {}

  /** Rows of all spans given. */
  static List<Row> of(Collection<AgentSpan> spans) {
    return new Waterfall(spans).rows();
  }

  private List<Row> rows() {
    var roots = new TreeSet<AgentSpan>(ORDER);
    var orphans = new TreeSet<AgentSpan>(ORDER);
    for (AgentSpan span : spans.values()) {
      String parent = span.getParentSpanId();
      if (parent == null) {
        roots.add(span);
      } else if (!spans.containsKey(parent)) {
        orphans.add(span);
      } else {
        children.computeIfAbsent(parent, id -> new TreeSet<>(ORDER)).add(span);
      }
    }
    roots.forEach(span -> descend(span, Place.ROOT));
    orphans.forEach(span -> descend(span, Place.ORPHAN));
    var rest = new TreeSet<AgentSpan>(ORDER);
    rest.addAll(spans.values());
    rest.forEach(span -> descend(span, Place.CYCLE));
    return rows;
  }

  private void descend(AgentSpan top, Place place) {
    Deque<Row> open = new ArrayDeque<>();
    open.push(row(top, 0, place));
    while (!open.isEmpty()) {
      Row row = open.pop();
      if (!placed.add(row.span().getSpanId())) {
        continue;
      }
      rows.add(row);
      var below = new ArrayList<>(children.getOrDefault(row.span().getSpanId(), Set.of()));
      for (int i = below.size() - 1; i >= 0; i--) {
        open.push(row(below.get(i), row.depth() + 1, Place.CHILD));
      }
    }
  }

  private Row row(AgentSpan span, int depth, Place place) {
    return new Row(span, depth, place, copies.get(span.getSpanId()));
  }

  /** Start, or where the end minus the duration puts it, or the end. */
  static long startMs(AgentSpan span) {
    if (span.getStartMs() != null) {
      return span.getStartMs();
    }
    return span.getDurationUs() == null
        ? span.getEndMs()
        : span.getEndMs() - span.getDurationUs() / 1_000;
  }
}
