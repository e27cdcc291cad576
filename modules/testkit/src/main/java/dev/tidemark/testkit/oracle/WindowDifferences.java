package dev.tidemark.testkit.oracle;

import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;

/** Compares windows field by field, so that a test says which count is wrong. */
public final class WindowDifferences {
  private static final Set<String> APART = Set.of("exemplars", "revision", "corrected");

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
      if (!APART.contains(field.name()) && !Objects.equals(a, b)) {
        differences.add(field.name() + " is " + a + ", should be " + b);
      }
    }
    return differences;
  }
}
