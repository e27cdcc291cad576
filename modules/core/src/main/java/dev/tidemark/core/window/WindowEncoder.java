package dev.tidemark.core.window;

import dev.tidemark.core.bytes.ByteWriter;
import dev.tidemark.core.sketch.ExponentialSketch;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;
import java.util.Map;

/**
 * Writes series and windows as Avro would write {@code SeriesKey} and {@code WindowRecord}, byte
 * for byte, without making the records.
 */
public final class WindowEncoder {
  private static final Quantity[] QUANTITIES = Quantity.values();
  private static final int COUNTERS = Sums.CLUSTERS;

  private WindowEncoder() {}

  /** A series key in Avro binary. */
  public static void write(ByteWriter out, Series series) {
    SeriesKey key = series.toKey();
    out.text(key.getTenant()).text(key.getEnvironment());
    out.number(SubjectKind.getClassSchema().getEnumOrdinal(key.getSubjectKind().name()));
    out.text(key.getSubjectName()).text(key.getAgentName()).text(key.getAgentVersion());
    out.text(key.getToolVersion()).text(key.getModelBackend());
  }

  /**
   * A window in Avro binary.
   *
   * @param series the series key in Avro binary
   */
  public static void write(
      ByteWriter out, byte[] series, long startMs, long endMs, WindowTotals totals) {
    out.raw(series).number(startMs).number(endMs).number(totals.revision());
    for (int slot = 0; slot < COUNTERS; slot++) {
      out.number(totals.sums.get(slot));
    }
    out.optional(totals.currency());
    firsts(out, totals.errorTypes);
    firsts(out, totals.deniedByRule);
    manySums(out, totals.scores == null ? Map.of() : totals.scores.shown());
    for (Quantity quantity : QUANTITIES) {
      sketch(out, totals.quantities.get(quantity));
    }
    manySums(out, totals.shownParts());
    clusters(out, totals.sums);
    exemplars(out, totals);
    out.number(totals.sums.get(Sums.COUNTED));
    out.number(totals.sums.get(Sums.LATE));
    out.number(totals.sums.get(Sums.CORRECTED));
  }

  private static void firsts(ByteWriter out, CappedSums capped) {
    Map<String, long[]> shown = capped == null ? Map.of() : capped.shown();
    if (!shown.isEmpty()) {
      out.number(shown.size());
      shown.forEach((name, sums) -> out.text(name).number(sums[0]));
    }
    out.one(0);
  }

  private static void manySums(ByteWriter out, Map<String, long[]> shown) {
    if (!shown.isEmpty()) {
      out.number(shown.size());
      for (Map.Entry<String, long[]> named : shown.entrySet()) {
        out.text(named.getKey());
        for (long sum : named.getValue()) {
          out.number(sum);
        }
      }
    }
    out.one(0);
  }

  private static void sketch(ByteWriter out, ExponentialSketch sketch) {
    if (sketch == null || sketch.isEmpty()) {
      out.one(0);
      return;
    }
    out.one(2).number(ExponentialSketch.SCALE).number(sketch.zeroCount()).number(sketch.sum());
    int filled = sketch.filled();
    if (filled > 0) {
      out.number(filled);
      int previous = 0;
      for (int i = 0; i < sketch.buckets(); i++) {
        if (sketch.count(i) != 0) {
          out.number(sketch.index(i) - previous);
          previous = sketch.index(i);
        }
      }
    }
    out.one(0);
    if (filled > 0) {
      out.number(filled);
      for (int i = 0; i < sketch.buckets(); i++) {
        if (sketch.count(i) != 0) {
          out.number(sketch.count(i));
        }
      }
    }
    out.one(0);
  }

  private static void clusters(ByteWriter out, Sums sums) {
    long bits = ((1L << Sums.CLUSTER_COUNT) - 1) << Sums.CLUSTERS;
    if ((sums.filled() & bits) == 0) {
      out.one(0);
      return;
    }
    out.one(2);
    for (int i = 0; i < Sums.CLUSTER_COUNT; i++) {
      out.number(sums.get(Sums.CLUSTERS + i));
    }
  }

  private static void exemplars(ByteWriter out, WindowTotals totals) {
    long[] chosen =
        totals.exemplars == null ? new long[0] : totals.exemplars.chosen(totals.revised());
    if (chosen.length > 0) {
      out.number(chosen.length / 4);
      for (int i = 0; i < chosen.length; i += 4) {
        out.fixed(chosen[i + 1]).fixed(chosen[i + 2]).number(chosen[i + 3]);
      }
    }
    out.one(0);
  }
}
