package dev.tidemark.bench.windows;

import dev.tidemark.wire.Topic.Clock;
import dev.tidemark.wire.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Heap per open run, active and spilled. */
final class HeapProbe {
  private static final String PREFIX = "bench-heap";
  private static final int PARTITIONS = 4;

  private HeapProbe() {}

  /**
   * Heap per open run of ten spans, bytes.
   *
   * @param spilled whether the heap has no room for them, so that all are spilled
   */
  static double measure(Lab lab, int runs, boolean spilled) {
    Topics topics = Topics.prefixed(PREFIX);
    lab.create(
        List.of(
            topics.spans().stampedBy(Clock.PRODUCER), topics.events().stampedBy(Clock.PRODUCER)),
        PARTITIONS);
    lab.create(topics.all(), PARTITIONS);
    Map<String, String> more = new HashMap<>();
    more.put("runs", Integer.toString(runs));
    more.put("spillMs", "1000");
    if (spilled) {
      more.put("factsInHeap", "1000");
    }
    RunSpec spec =
        new RunSpec(
            Contestants.OURS,
            lab.bootstrap(),
            lab.registry(),
            PREFIX,
            PREFIX + "-run",
            PARTITIONS,
            0,
            lab.directory(PREFIX),
            more);
    try {
      return Figures.of(lab, HeapMain.class, spec, Duration.ofMinutes(5)).get("heapPerRunBytes");
    } finally {
      lab.delete(PREFIX);
      Lab.sweep(lab.directory(PREFIX));
    }
  }
}
