package dev.tidemark.bench.windows;

import dev.tidemark.wire.Topic.Clock;
import dev.tidemark.wire.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Heap per open run, active and spilled. */
final class HeapProbe {
  private static final String PREFIX = "bench-heap";
  private static final int PARTITIONS = 4;

  private HeapProbe() {}

  /** Figures {@code heapPerOpenRunBytes} and {@code heapPerSpilledRunBytes}. */
  static Map<String, Double> measure(Lab lab, int runs) {
    Topics topics = Topics.prefixed(PREFIX);
    lab.create(
        List.of(
            topics.spans().stampedBy(Clock.PRODUCER), topics.events().stampedBy(Clock.PRODUCER)),
        PARTITIONS);
    lab.create(topics.all(), PARTITIONS);
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
            Map.of("runs", Integer.toString(runs), "spillMs", "1000"));
    try {
      return Figures.of(lab, HeapMain.class, spec, Duration.ofMinutes(5));
    } finally {
      lab.delete(PREFIX);
      Lab.sweep(lab.directory(PREFIX));
    }
  }
}
