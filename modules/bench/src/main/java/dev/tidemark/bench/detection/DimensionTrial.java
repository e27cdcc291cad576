package dev.tidemark.bench.detection;

import dev.tidemark.core.detect.Deployment;
import dev.tidemark.records.ClusterSums;
import dev.tidemark.records.DimensionShare;
import dev.tidemark.records.Finding;
import dev.tidemark.records.PartSums;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether an alert names what caused it: an error rate of an agent or a fleet rises because of one
 * tool, one class of error or one agent, planted by chance, and the alert ranks what carries it.
 */
final class DimensionTrial {
  private static final int BASELINE_WINDOWS = 512;
  private static final int PATIENCE = 500;
  private static final int CALLS = 50;
  private static final double RATE = 0.05;
  private static final double[] SIZES = {0.3, 0.25, 0.2, 0.15, 0.1};
  private static final double FACTOR = 5;

  /** What is planted. */
  enum Planted {
    TOOL("tool", SubjectKind.AGENT),
    ERROR_TYPE("error_type", SubjectKind.AGENT),
    AGENT("agent", SubjectKind.FLEET);

    private final String dimension;
    private final SubjectKind watched;

    Planted(String dimension, SubjectKind watched) {
      this.dimension = dimension;
      this.watched = watched;
    }

    String label() {
      return dimension;
    }
  }

  /**
   * What was counted.
   *
   * @param alerts that told the rise
   * @param first of those, alerts that ranked the planted part first
   */
  record Outcome(long alerts, long first) {}

  private DimensionTrial() {}

  static Outcome run(Planted planted, int times, List<Long> seeds) {
    long alerts = 0;
    long first = 0;
    for (int i = 0; i < times; i++) {
      long stream = planted.dimension.hashCode() * 1_000L + i;
      Chance chance = new Chance(seeds.get(i % seeds.size()), stream);
      int guilty = chance.below(SIZES.length);
      Finding finding = alert(planted, guilty, chance);
      if (finding != null) {
        alerts++;
        first += names(finding, planted.dimension, name(guilty)) ? 1 : 0;
      }
    }
    return new Outcome(alerts, first);
  }

  private static boolean names(Finding finding, String dimension, String value) {
    if (finding.getDimensions().isEmpty()) {
      return false;
    }
    DimensionShare top = finding.getDimensions().get(0);
    return top.getDimension().equals(dimension) && top.getValue().startsWith(value);
  }

  private static Finding alert(Planted planted, int guilty, Chance chance) {
    Deployment deployment = new Deployment(RecordedPlay.PARTITIONS);
    for (int w = 0; w < BASELINE_WINDOWS + PATIENCE; w++) {
      boolean changed = w >= BASELINE_WINDOWS;
      WindowRecord window = window(planted, changed ? guilty : -1, w, chance);
      for (Finding finding : deployment.observe(window)) {
        if (changed && finding.getSignal() == Signal.ERROR_RATE) {
          return finding;
        }
      }
    }
    return null;
  }

  private static WindowRecord window(Planted planted, int guilty, int at, Chance chance) {
    Map<String, PartSums> parts = new HashMap<>();
    Map<String, Long> types = new HashMap<>();
    long errors = 0;
    for (int call = 0; call < CALLS; call++) {
      int part = drawn(chance);
      int type = drawn(chance);
      boolean error = chance.uniform() < RATE;
      if (guilty >= 0 && planted == Planted.ERROR_TYPE) {
        boolean more = chance.uniform() < RATE;
        type = more ? guilty : type;
        error |= more;
      } else if (part == guilty) {
        error |= chance.uniform() < RATE * (FACTOR - 1);
      }
      PartSums sums = parts.computeIfAbsent(key(planted, part), k -> new PartSums());
      sums.setAttempts(sums.getAttempts() + 1);
      sums.setErrors(sums.getErrors() + (error ? 1 : 0));
      if (error) {
        types.merge(name(type), 1L, Long::sum);
        errors++;
      }
    }
    // The second half of the baseline comes eight days after the first, when seasons are known.
    long start = at * Counts.WINDOW_MS + (at < BASELINE_WINDOWS / 2 ? 0 : 8 * Counts.DAY_MS);
    return WindowRecord.newBuilder()
        .setSeries(series(planted.watched))
        .setWindowStartMs(start)
        .setWindowEndMs(start + Counts.WINDOW_MS)
        .setAttempts(CALLS)
        .setErrors(errors)
        .setErrorTypes(types)
        .setParts(parts)
        .setClusters(
            ClusterSums.newBuilder()
                .setRuns(CALLS)
                .setNn(CALLS)
                .setErrorNx(errors)
                .setErrorXx(errors)
                .build())
        .build();
  }

  private static int drawn(Chance chance) {
    double at = chance.uniform();
    int part = 0;
    while (part < SIZES.length - 1 && at >= SIZES[part]) {
      at -= SIZES[part];
      part++;
    }
    return part;
  }

  private static SeriesKey series(SubjectKind kind) {
    boolean agent = kind == SubjectKind.AGENT;
    return new SeriesKey("t", "e", kind, agent ? "a" : "*", "", agent ? "1" : "", "", "");
  }

  private static String key(Planted planted, int part) {
    return (planted == Planted.AGENT ? "agent:" : "tool:") + name(part) + "@1";
  }

  private static String name(int part) {
    return "part" + part;
  }
}
