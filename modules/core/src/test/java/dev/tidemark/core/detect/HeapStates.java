package dev.tidemark.core.detect;

import dev.tidemark.records.Finding;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Four partitions in the heap, chosen by subject. */
final class HeapStates {
  static final int PARTITIONS = 4;
  private final List<Map<String, byte[]>> partitions = new ArrayList<>();

  HeapStates() {
    for (int i = 0; i < PARTITIONS; i++) {
      partitions.add(new TreeMap<>());
    }
  }

  DetectorStates of(SeriesKey key) {
    int hash = (key.getSubjectKind().name() + key.getSubjectName()).hashCode();
    return view(partitions.get(Math.floorMod(hash, PARTITIONS)));
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
    return partitions.stream().flatMap(m -> m.values().stream()).mapToLong(b -> b.length).sum();
  }

  private static DetectorStates view(Map<String, byte[]> map) {
    return new DetectorStates() {
      @Override
      public byte[] get(String key) {
        return map.get(key);
      }

      @Override
      public void each(String prefix, BiConsumer<String, byte[]> visitor) {
        new TreeMap<>(map)
            .forEach(
                (key, value) -> {
                  if (key.startsWith(prefix)) {
                    visitor.accept(key, value);
                  }
                });
      }

      @Override
      public void put(String key, byte[] value) {
        map.put(key, value);
      }
    };
  }
}
