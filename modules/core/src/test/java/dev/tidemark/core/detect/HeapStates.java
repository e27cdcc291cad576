package dev.tidemark.core.detect;

import dev.tidemark.records.Finding;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.List;

/** Four partitions in the heap, chosen by subject. */
final class HeapStates {
  static final int PARTITIONS = 4;
  private final List<DetectorStates> partitions = new ArrayList<>();

  HeapStates() {
    for (int i = 0; i < PARTITIONS; i++) {
      partitions.add(DetectorStates.inHeap());
    }
  }

  DetectorStates of(SeriesKey key) {
    int hash = (key.getSubjectKind().name() + key.getSubjectName()).hashCode();
    return partitions.get(Math.floorMod(hash, PARTITIONS));
  }

  List<Finding> feed(DriftDetector detector, List<WindowRecord> windows) {
    List<Finding> findings = new ArrayList<>();
    for (WindowRecord window : windows) {
      findings.addAll(detector.observe(window, of(window.getSeries())));
    }
    return findings;
  }

  /** Stored bytes of all partitions. */
  long bytes() {
    long[] bytes = new long[1];
    partitions.forEach(states -> states.each("", (key, value) -> bytes[0] += value.length));
    return bytes[0];
  }
}
