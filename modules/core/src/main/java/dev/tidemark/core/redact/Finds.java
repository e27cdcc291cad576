package dev.tidemark.core.redact;

import java.util.Map;
import java.util.TreeMap;

/** Counts what one text held. */
final class Finds {
  private Map<String, Long> counts;
  private int count;

  /** Counts a find and tells what stands in its place. */
  String found(String kind) {
    counts = counts == null ? new TreeMap<>() : counts;
    counts.merge(kind, 1L, Long::sum);
    count++;
    return "[redacted:" + kind + "]";
  }

  int count() {
    return count;
  }

  RedactionReport report() {
    return counts == null ? RedactionReport.NONE : new RedactionReport(counts);
  }
}
