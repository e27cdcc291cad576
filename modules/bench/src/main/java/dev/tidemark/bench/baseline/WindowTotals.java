package dev.tidemark.bench.baseline;

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

  /** Adds increments of the cluster sums. */
  public void addClusters(long[] increments, long delta) {
    for (int i = 0; i < clusters.length; i++) {
      clusters[i] += increments[i] * delta;
    }
  }

  /** Offers or takes back a run that shows a category. */
  public void addExemplar(Candidate exemplar, int delta) {
    exemplars.add(exemplar, delta);
  }

  /** Adds to the completeness figures. */
  public void addCompleteness(long countedDelta, long lateDelta, long correctedDelta) {
    counted += countedDelta;
    late += lateDelta;
    corrected += correctedDelta;
  }

  /** Adds a partial or another window of the same series. */
  public void add(WindowSnapshot other) {
    for (Counter counter : Counter.values()) {
      counters[counter.slot()] += other.counters[counter.slot()];
    }
    other.errorTypes.forEach((type, n) -> addError(type, n));
    other.deniedByRule.forEach((rule, n) -> addDenial(rule, n));
    other.scores.forEach(this::addScores);
    latency = merged(latency, other.latency);
    cost = merged(cost, other.cost);
    humanWait = merged(humanWait, other.humanWait);
    if (other.costCurrency != null && other.cost != null) {
      currencies.merge(other.costCurrency, other.cost.count(), WindowTotals::sum);
    }
    addClusters(other.clusters, 1);
    other.exemplars.forEach(e -> exemplars.add(e, 1));
    addCompleteness(other.counted, other.late, other.corrected);
  }

  /** The window as it was sent; maps are sorted and capped. */
  public WindowSnapshot snapshot() {
    var sent = new WindowSnapshot(counters.clone(), clusters.clone());
    sent.costCurrency = currency();
    sent.errorTypes = CappedCounts.shown(errorTypes);
    sent.deniedByRule = CappedCounts.shown(deniedByRule);
    sent.scores = scoreRecords();
    sent.latency = record(latency);
    sent.cost = record(cost);
    sent.humanWait = record(humanWait);
    sent.exemplars = exemplars.chosen();
    sent.counted = counted;
    sent.late = late;
    sent.corrected = corrected;
    return sent;
  }

  private void addScores(String name, long[] other) {
    long[] sums = CappedCounts.slot(scores, name);
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other[i];
    }
  }

  private Map<String, long[]> scoreRecords() {
    Map<String, long[]> records = new LinkedHashMap<>();
    scores.forEach(
        (name, s) -> {
          if (s[0] != 0) {
            records.put(name, s.clone());
          }
        });
    return records;
  }

  private static ExponentialSketch added(ExponentialSketch sketch, long value, long times) {
    ExponentialSketch target = sketch == null ? new ExponentialSketch() : sketch;
    target.add(value, times);
    return target;
  }

  private static ExponentialSketch merged(ExponentialSketch sketch, SketchSnapshot other) {
    if (other == null) {
      return sketch;
    }
    ExponentialSketch target = sketch == null ? new ExponentialSketch() : sketch;
    target.add(other);
    return target;
  }

  private static SketchSnapshot record(ExponentialSketch sketch) {
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
