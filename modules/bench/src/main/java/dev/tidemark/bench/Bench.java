package dev.tidemark.bench;

import dev.tidemark.bench.detection.DetectionBench;
import dev.tidemark.bench.ingest.IngestBench;
import dev.tidemark.bench.windows.WindowsBench;
import java.util.Arrays;
import java.util.List;

/**
 * {@code ./tidemark bench}: each prints a table for people and one JSON object as its last line.
 */
public final class Bench {
  private static final String LOG_LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

  private Bench() {}

  /** Arguments: the name of a benchmark, then what it takes. */
  public static void main(String[] args) throws Exception {
    if (System.getProperty(LOG_LEVEL) == null) {
      System.setProperty(LOG_LEVEL, "error");
    }
    List<String> all = Arrays.asList(args);
    String name = all.isEmpty() ? "" : all.get(0);
    switch (name) {
      case "core" -> CoreBench.run();
      case "windows" -> System.exit(WindowsBench.run(all.subList(1, all.size())));
      case "ingest" -> System.exit(IngestBench.run(all.subList(1, all.size())));
      case "detection" -> System.exit(DetectionBench.run(all.subList(1, all.size())));
      default -> {
        System.err.println("bench: name one benchmark: core, windows, detection or ingest");
        System.exit(2);
      }
    }
  }
}
