package dev.tidemark.bench.baseline;

import java.util.List;
import java.util.Map;

/** What the record of a window was: boxed, listed and sorted as the generated class had it. */
public final class WindowSnapshot {
  final long[] counters;
  final long[] clusters;
  String costCurrency;
  Map<String, Long> errorTypes;
  Map<String, Long> deniedByRule;
  Map<String, long[]> scores;
  SketchSnapshot latency;
  SketchSnapshot cost;
  SketchSnapshot humanWait;
  List<Candidate> exemplars;
  long counted;
  long late;
  long corrected;

  WindowSnapshot(long[] counters, long[] clusters) {
    this.counters = counters;
    this.clusters = clusters;
  }
}
