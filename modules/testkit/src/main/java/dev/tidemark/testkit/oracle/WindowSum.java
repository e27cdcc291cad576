package dev.tidemark.testkit.oracle;

import dev.tidemark.records.PartSums;
import dev.tidemark.records.ScoreSums;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.WindowRecord;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One window of one series while it is added up. */
final class WindowSum {
  private static final int SHOWN = 16;
  private static final String REST = "__overflow__";

  private final Map<String, Long> counters = new HashMap<>();
  private final Map<String, Long> errorTypes = new TreeMap<>();
  private final Map<String, Long> deniedByRule = new TreeMap<>();
  private final Map<String, ScoreSums> scores = new TreeMap<>();
  private final TreeSet<String> currencies = new TreeSet<>();
  private final Map<String, SketchSum> sketches = new HashMap<>();
  private final Map<String, PartSum> parts = new TreeMap<>();
  private final RunClusters clusters = new RunClusters();
  private final ExemplarChoice exemplars = new ExemplarChoice();

  void one(String counter) {
    add(counter, 1);
  }

  void oneIf(boolean condition, String counter) {
    add(counter, condition ? 1 : 0);
  }

  void add(String counter, long count) {
    counters.merge(counter, count, Long::sum);
  }

  void record(boolean late) {
    one("counted");
    oneIf(late, "late");
  }

  void error(String type) {
    errorTypes.merge(type, 1L, Long::sum);
  }

  void denial(String rule) {
    deniedByRule.merge(rule, 1L, Long::sum);
  }

  /** Adds a value to the sketch of that name. */
  void sketch(String field, long value) {
    sketches.computeIfAbsent(field, f -> new SketchSum()).add(value);
  }

  /** The part of that name, to be added to. */
  PartSum part(String name) {
    return parts.computeIfAbsent(name, n -> new PartSum());
  }

  void cost(long micros, String currency) {
    add("costMicros", micros);
    sketch("cost", micros);
    currencies.add(currency);
  }

  void score(String name, Boolean passed, Double score) {
    ScoreSums sums = scores.computeIfAbsent(name, n -> new ScoreSums(0L, 0L, 0L, 0L, 0L));
    sums.setCount(sums.getCount() + 1);
    sums.setPassed(sums.getPassed() + (Boolean.TRUE.equals(passed) ? 1 : 0));
    sums.setFailed(sums.getFailed() + (Boolean.FALSE.equals(passed) ? 1 : 0));
    if (score != null && Double.isFinite(score)) {
      sums.setScored(sums.getScored() + 1);
      sums.setScoreMicros(sums.getScoreMicros() + Math.round(score * 1_000_000));
    }
  }

  RunClusters clusters() {
    return clusters;
  }

  void shows(String category, String traceId) {
    exemplars.offer(category, traceId);
  }

  void showsIf(boolean condition, String category, String traceId) {
    if (condition) {
      shows(category, traceId);
    }
  }

  /** The traces to be shown, by category. */
  Map<String, List<String>> exemplars() {
    return exemplars.chosen();
  }

  /** The record without exemplars, revision and corrections. */
  WindowRecord toRecord(SeriesKey series, long startMs, long endMs) {
    WindowRecord record = WindowRecord.newBuilder(emptyRecord(series, startMs, endMs)).build();
    counters.forEach(record::put);
    record.put("errorTypes", shown(errorTypes));
    record.put("deniedByRule", shown(deniedByRule));
    record.put("scores", new TreeMap<>(scores));
    sketches.forEach((field, sketch) -> record.put(field, sketch.toRecord()));
    record.put("parts", shownParts());
    record.put("clusters", clusters.toRecord());
    record.put("costCurrency", currencies.size() > 1 ? "mixed" : first(currencies.iterator()));
    return record;
  }

  private static String first(Iterator<String> names) {
    return names.hasNext() ? names.next() : null;
  }

  static WindowRecord emptyRecord(SeriesKey series, long startMs, long endMs) {
    return WindowRecord.newBuilder()
        .setSeries(series)
        .setWindowStartMs(startMs)
        .setWindowEndMs(endMs)
        .setErrorTypes(new TreeMap<>())
        .setDeniedByRule(new TreeMap<>())
        .setScores(new TreeMap<>())
        .setParts(new TreeMap<>())
        .setExemplars(List.of())
        .setCounted(0)
        .setLate(0)
        .setCorrected(0)
        .build();
  }

  /** At most sixteen of each dimension; callers are told when not all are the agent. */
  private Map<String, PartSums> shownParts() {
    Map<String, PartSums> shown = new TreeMap<>();
    for (String dimension : List.of("tool:", "model:", "agent:", "actor:")) {
      Map<String, Long> attempts = new TreeMap<>();
      parts.forEach(
          (name, part) -> {
            if (name.startsWith(dimension)) {
              attempts.put(name.substring(dimension.length()), part.attempts());
            }
          });
      if (!dimension.equals("actor:") || !attempts.keySet().equals(Set.of("agent"))) {
        PartSum rest = new PartSum();
        Set<String> names = shown(attempts).keySet();
        for (String name : attempts.keySet()) {
          if (names.contains(name)) {
            shown.put(dimension + name, parts.get(dimension + name).toRecord());
          } else {
            rest.add(parts.get(dimension + name));
            shown.put(dimension + REST, rest.toRecord());
          }
        }
      }
    }
    return shown;
  }

  /** At most sixteen names: the largest, ties by name, and the rest under a name of its own. */
  private static Map<String, Long> shown(Map<String, Long> counts) {
    if (counts.size() <= SHOWN) {
      return new TreeMap<>(counts);
    }
    List<String> names =
        counts.keySet().stream()
            .sorted(Comparator.comparing((String n) -> -counts.get(n)).thenComparing(n -> n))
            .toList();
    Map<String, Long> shown = new TreeMap<>();
    for (int i = 0; i < names.size(); i++) {
      shown.merge(i < SHOWN - 1 ? names.get(i) : REST, counts.get(names.get(i)), Long::sum);
    }
    return shown;
  }
}
