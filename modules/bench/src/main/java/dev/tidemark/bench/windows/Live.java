package dev.tidemark.bench.windows;

import dev.tidemark.wire.Topics;
import java.time.Duration;
import java.util.Map;

/** Starts a live measurement in a child JVM and brings its figures home. */
final class Live {
  static final int PARTITIONS = 4;
  private final Lab lab;
  private final boolean full;

  Live(Lab lab, boolean full) {
    this.lab = lab;
    this.full = full;
  }

  /** Figures by name, NaN where nothing was seen. */
  Map<String, Double> measure(String contestant) {
    String prefix = "bench-live-" + contestant;
    Topics topics = Topics.prefixed(prefix);
    String runId = prefix + "-run";
    lab.create(topics.all(), PARTITIONS);
    lab.create(runId + "-windows", PARTITIONS);
    Map<String, String> more =
        full
            ? Map.of("warmSeconds", "30", "seconds", "90")
            : Map.of("warmSeconds", "8", "seconds", "12", "windowMs", "4000", "latenessMs", "4000");
    RunSpec spec =
        new RunSpec(
            contestant,
            lab.bootstrap(),
            lab.registry(),
            prefix,
            runId,
            PARTITIONS,
            0,
            lab.directory(runId),
            more);
    try {
      return Figures.of(lab, LiveMain.class, spec, Duration.ofMinutes(5));
    } finally {
      lab.delete(prefix);
      Lab.sweep(lab.directory(runId));
    }
  }
}
