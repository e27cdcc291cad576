package dev.tidemark.bench.windows;

import java.util.LinkedHashMap;
import java.util.Map;

/** The sets with many series: what is measured is windows alone, ours against Flink. */
final class ManySeries {
  /** Names in the result, and names of the shapes. */
  static final Map<String, String> NAMES = names();

  private ManySeries() {}

  static Shape shape(String name, long spans) {
    return switch (name) {
      case "1k" -> new Shape(NAMES.get(name), spans, 4, 1_000, false);
      case "10k" -> new Shape(NAMES.get(name), spans, 4, 10_000, false);
      case "100k" -> new Shape(NAMES.get(name), spans, 4, 100_000, false);
      case "100kUniform" -> new Shape(NAMES.get(name), spans, 4, 100_000, true);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("1k", "s1k");
    names.put("10k", "s10k");
    names.put("100k", "s100k");
    names.put("100kUniform", "s100ku");
    return names;
  }
}
