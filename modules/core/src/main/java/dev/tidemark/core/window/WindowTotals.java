package dev.tidemark.core.window;

import dev.tidemark.core.sketch.ExponentialSketch;
import dev.tidemark.core.sketch.Sketches;
import dev.tidemark.records.ClusterSums;
import dev.tidemark.records.Exemplar;
import dev.tidemark.records.ScoreSums;
import dev.tidemark.records.Sketch;
import dev.tidemark.records.WindowRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A window of one series while it is being counted: signed sums, so that adding is order-free and a
 * correction is an addition too. Not thread-safe.
 */
public final class WindowTotals {
  private static final String MIXED = "mixed";
  private final long[] counters = new long[Counter.values().length];
  private final TreeMap<String, Long> errorTypes = new TreeMap<>();
  private final TreeMap<String, Long> deniedByRule = new TreeMap<>();
  private final TreeMap<String, long[]> scores = new TreeMap<>();
  private final long[] clusters = new long[10];
  private final ExemplarPool exemplars = new ExemplarPool();
  private ExponentialSketch latency;
  private ExponentialSketch cost;
  private ExponentialSketch humanWait;
  private final TreeMap<String, Long> currencies = new TreeMap<>();
  private long counted;
  private long late;
  private long corrected;

  /** Adds to a counter. */
  public void add(Counter counter, long delta) {
    counters[counter.slot()] += delta;
  }

  /** Adds a failed attempt of a class of error. */
  public void addError(String type, long delta) {
    CappedCounts.add(errorTypes, type, delta);
  }

  /** Adds a denied attempt of a policy rule. */
  public void addDenial(String rule, long delta) {
    CappedCounts.add(deniedByRule, rule, delta);
  }

  /** Adds a known duration, microseconds. */
  public void addLatency(long micros, long delta) {
    latency = added(latency, micros, delta);
  }

  /** Adds a known wait for a human, microseconds. */
  public void addHumanWait(long micros, long delta) {
    humanWait = added(humanWait, micros, delta);
  }

  /** Adds a known cost in millionths of {@code code}. */
  public void addCost(long micros, String code, long delta) {
    add(Counter.COST_MICROS, micros * delta);
    cost = added(cost, micros, delta);
    currencies.merge(code, delta, WindowTotals::sum);
  }

  /** Adds an evaluation result; {@code passed} and {@code scoreMicros} may be null. */
  public void addScore(String name, Boolean passed, Long scoreMicros, long delta) {
    long[] sums = CappedCounts.slot(scores, name);
    sums[0] += delta;
    sums[1] += Boolean.TRUE.equals(passed) ? delta : 0;
    sums[2] += Boolean.FALSE.equals(passed) ? delta : 0;
    sums[3] += scoreMicros == null ? 0 : delta;
    sums[4] += scoreMicros == null ? 0 : delta * scoreMicros;
  }

  /** Adds increments of the cluster sums, in the field order of {@link ClusterSums}. */
  public void addClusters(long[] increments, long delta) {
    for (int i = 0; i < clusters.length; i++) {
      clusters[i] += increments[i] * delta;
    }
  }

  /** Offers or takes back a run that shows a category. */
  public void addExemplar(Exemplar exemplar, int delta) {
    exemplars.add(exemplar, delta);
  }

  /** Adds to the completeness figures. */
  public void addCompleteness(long countedDelta, long lateDelta, long correctedDelta) {
    counted += countedDelta;
    late += lateDelta;
    corrected += correctedDelta;
  }

  /** Adds a partial or another window of the same series. */
  public void add(WindowRecord other) {
    for (Counter counter : Counter.values()) {
      counters[counter.slot()] += counter.of(other);
    }
    other.getErrorTypes().forEach((type, n) -> addError(type, n));
    other.getDeniedByRule().forEach((rule, n) -> addDenial(rule, n));
    other.getScores().forEach(this::addScores);
    latency = merged(latency, other.getLatency());
    cost = merged(cost, other.getCost());
    humanWait = merged(humanWait, other.getHumanWait());
    if (other.getCostCurrency() != null && other.getCost() != null) {
      currencies.merge(other.getCostCurrency(), Sketches.count(other.getCost()), WindowTotals::sum);
    }
    if (other.getClusters() != null) {
      addClusters(ClusterIncrements.of(other.getClusters()), 1);
    }
    other.getExemplars().forEach(e -> exemplars.add(e, 1));
    addCompleteness(other.getCounted(), other.getLate(), other.getCorrected());
  }

  /** The record; maps are sorted and capped, so equal totals give equal bytes. */
  public WindowRecord toRecord(Series series, long startMs, long endMs) {
    WindowRecord record = new WindowRecord();
    record.setSeries(series.toKey());
    record.setWindowStartMs(startMs);
    record.setWindowEndMs(endMs);
    record.setRevision((int) Math.min(Integer.MAX_VALUE, corrected));
    for (Counter counter : Counter.values()) {
      counter.put(record, counters[counter.slot()]);
    }
    record.setCostCurrency(currency());
    record.setErrorTypes(CappedCounts.shown(errorTypes));
    record.setDeniedByRule(CappedCounts.shown(deniedByRule));
    record.setScores(scoreRecords());
    record.setLatency(record(latency));
    record.setCost(record(cost));
    record.setHumanWait(record(humanWait));
    record.setClusters(ClusterIncrements.toRecord(clusters));
    record.setExemplars(exemplars.chosen());
    record.setCounted(counted);
    record.setLate(late);
    record.setCorrected(corrected);
    return record;
  }

  private void addScores(String name, ScoreSums other) {
    long[] sums = CappedCounts.slot(scores, name);
    sums[0] += other.getCount();
    sums[1] += other.getPassed();
    sums[2] += other.getFailed();
    sums[3] += other.getScored();
    sums[4] += other.getScoreMicros();
  }

  private Map<String, ScoreSums> scoreRecords() {
    Map<String, ScoreSums> records = new LinkedHashMap<>();
    scores.forEach(
        (name, s) -> {
          if (s[0] != 0) {
            records.put(name, new ScoreSums(s[0], s[1], s[2], s[3], s[4]));
          }
        });
    return records;
  }

  private static ExponentialSketch added(ExponentialSketch sketch, long value, long times) {
    ExponentialSketch target = sketch == null ? new ExponentialSketch() : sketch;
    target.add(value, times);
    return target;
  }

  private static ExponentialSketch merged(ExponentialSketch sketch, Sketch other) {
    if (other == null) {
      return sketch;
    }
    ExponentialSketch target = sketch == null ? new ExponentialSketch() : sketch;
    target.add(other);
    return target;
  }

  private static Sketch record(ExponentialSketch sketch) {
    return sketch == null || sketch.isEmpty() ? null : sketch.toRecord();
  }

  private String currency() {
    if (currencies.isEmpty()) {
      return null;
    }
    return currencies.size() == 1 ? currencies.firstKey() : MIXED;
  }

  private static Long sum(long a, long b) {
    return a + b == 0 ? null : a + b;
  }
}
