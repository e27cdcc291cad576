package dev.tidemark.testkit.oracle;

import dev.tidemark.records.ExemplarTrace;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;

/** Compares windows field by field, so that a test says which count is wrong. */
public final class WindowDifferences {
  private static final Set<String> APART = Set.of("exemplars", "revision", "corrected");
  private static final int NAMES = 16;
  private static final String REST = "__overflow__";

  /** By bit, as {@code ExemplarTrace.avsc} numbers them. */
  private static final List<String> CATEGORIES =
      List.of(
          "ok",
          "retry",
          "recovered",
          "identical",
          "error",
          "denied",
          "successful",
          "unsuccessful",
          "silent_recovery",
          "abnormal",
          "escalated",
          "looping");

  private WindowDifferences() {}

  /**
   * The fields in which two windows differ, in words; exemplars and the number of revisions are
   * compared apart.
   *
   * @param actual null counts as a window without anything in it
   * @param expected null counts as a window without anything in it
   */
  public static List<String> between(WindowRecord actual, WindowRecord expected) {
    WindowRecord one = actual == null ? expected : actual;
    if (one == null) {
      return List.of();
    }
    WindowRecord nothing =
        WindowSum.emptyRecord(one.getSeries(), one.getWindowStartMs(), one.getWindowEndMs());
    WindowRecord is = actual == null ? nothing : actual;
    WindowRecord should = expected == null ? nothing : expected;
    List<String> differences = new ArrayList<>();
    for (Schema.Field field : WindowRecord.SCHEMA$.getFields()) {
      Object a = is.get(field.pos());
      Object b = should.get(field.pos());
      if (!APART.contains(field.name()) && !Objects.equals(a, b) && !cutAlike(a, b)) {
        differences.add(field.name() + " is " + a + ", should be " + b);
      }
    }
    return differences;
  }

  /**
   * What is wrong with the runs that a window as closed shows, in words.
   *
   * @param expected trace ids by category, in the order of choice
   */
  public static List<String> inExemplars(WindowRecord actual, Map<String, List<String>> expected) {
    Map<String, List<String>> shown = new TreeMap<>();
    for (ExemplarTrace exemplar : actual.getExemplars()) {
      String trace = HexFormat.of().formatHex(exemplar.getTraceId().bytes());
      for (int bit = 0; bit < CATEGORIES.size(); bit++) {
        if ((exemplar.getShows() & (1 << bit)) != 0) {
          shown.computeIfAbsent(CATEGORIES.get(bit), c -> new ArrayList<>()).add(trace);
        }
      }
    }
    return shown.equals(expected)
        ? List.of()
        : List.of("exemplars are " + shown + ", should be " + expected);
  }

  /**
   * Two counts by name that show no more than they may, leave some out, and have the same sum: what
   * was cut before it was merged cannot tell which names are the largest.
   */
  private static boolean cutAlike(Object a, Object b) {
    return a instanceof Map<?, ?> is
        && b instanceof Map<?, ?> should
        && is.containsKey(REST)
        && should.containsKey(REST)
        && is.size() <= NAMES
        && sum(is) == sum(should);
  }

  private static long sum(Map<?, ?> counts) {
    return counts.values().stream().mapToLong(n -> n instanceof Long count ? count : 0).sum();
  }
}
