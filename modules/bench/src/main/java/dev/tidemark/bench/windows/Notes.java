package dev.tidemark.bench.windows;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is told while measuring, and what has to stand under the table. */
final class Notes {
  private final long start = System.nanoTime();
  private final List<String> warnings = new ArrayList<>();

  /** One line on standard error. */
  void progress(String what) {
    System.err.printf(Locale.ROOT, "bench: %4.0f s  %s%n", (System.nanoTime() - start) / 1e9, what);
  }

  /** Something a reader of the figures must know. */
  void warn(String what) {
    progress("! " + what);
    warnings.add(what);
  }

  List<String> warnings() {
    return warnings;
  }
}
