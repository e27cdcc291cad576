package dev.tidemark.bench.windows;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A figure against what it should be.
 *
 * @param figure what it is
 * @param value measured, or null
 * @param bound the limit
 * @param atLeast whether the value should be at least the bound; else at most
 */
record Target(String figure, Double value, double bound, boolean atLeast) {
  private static final double FLUSHES_MS = 2 * 500;

  String verdict() {
    if (value == null || value.isNaN() || Double.isNaN(bound)) {
      return "not measured";
    }
    boolean met = atLeast ? value >= bound : value <= bound;
    return met ? "met" : "missed";
  }

  String line() {
    String measured = value == null || value.isNaN() ? "-" : number(value);
    return String.format(
        Locale.ROOT,
        "%-62s %10s   %s %s   %s",
        figure,
        measured,
        atLeast ? ">=" : "<=",
        number(bound),
        verdict());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.2f", value);
  }

  /** The targets of the engine. */
  static List<Target> of(Results r) {
    List<Target> targets = new ArrayList<>();
    targets.add(most("ours / floor, CPU", r.ratio("ours", "floor"), 1.5));
    targets.add(least("naive DSL / ours, CPU", r.ratio("naive", "ours"), 7));
    targets.add(least("Flink with linking / ours, CPU", r.ratio("flinkLinked", "ours"), 1.5));
    targets.add(
        least(
            "Flink windows only / ours without linking, CPU",
            r.ratio("flinkWindows", "oursNoLinking"),
            1));
    targets.add(
        least(
            "Flink with span objects / ours without linking, CPU",
            r.ratio("flinkObjects", "oursNoLinking"),
            2));
    Double naive = r.naiveLive.get("p99Ms");
    targets.add(
        most(
            "provisional p99, ms (limit: 1.25 x naive DSL)",
            r.oursLive.get("p99Ms"),
            naive == null ? Double.NaN : 1.25 * naive));
    targets.add(
        most(
            "final window after its watermark p99, ms (2 flushes + 1 commit)",
            r.oursLive.get("closeP99Ms"),
            FLUSHES_MS + OursConfig.COMMIT.toMillis()));
    targets.add(most("2 threads / 1, CPU", r.ratio("ours2threads", "ours"), 1.15));
    for (Map.Entry<String, String> size : ManySeries.NAMES.entrySet()) {
      targets.add(
          most(
              size.getKey() + " series: ours without linking / Flink windows only, CPU",
              r.ratio(size.getValue(), "oursNoLinking", "flinkWindows"),
              1));
    }
    targets.add(
        most(
            "restore, s per million windows",
            r.restore == null ? null : (Double) r.restore.secondsPerMillion(),
            5));
    targets.add(most("bytes per window on the topic, compressed", r.bytesPerWindow(), 300));
    targets.add(most("bytes per window, key and value", r.rawBytesPerWindow(), 1_000));
    return targets;
  }

  private static Target most(String figure, Double value, double bound) {
    return new Target(figure, value, bound, false);
  }

  private static Target least(String figure, Double value, double bound) {
    return new Target(figure, value, bound, true);
  }
}
