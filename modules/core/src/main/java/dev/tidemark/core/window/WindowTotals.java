package dev.tidemark.core.window;

import dev.tidemark.core.sketch.ExponentialSketch;
import dev.tidemark.core.sketch.Sketches;
import dev.tidemark.records.ClusterSums;
import dev.tidemark.records.ExemplarTrace;
import dev.tidemark.records.PartSums;
import dev.tidemark.records.ScoreSums;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A window of one series while it is being counted: signed sums, so that adding is order-free and a
 * correction is an addition too. What is not used takes no room. Not thread-safe.
 */
public final class WindowTotals {
  private static final String MIXED = "mixed";
  private static final int NUMBERS_OF_A_SCORE = 5;
  private static final int TRIPLE = 3;

  /** What a parent takes over: all but the sums over runs and the causes, which it counts. */
  private static final long OF_CHILD =
      ~((((1L << Sums.CLUSTER_COUNT) - 1) << Sums.CLUSTERS) | (1L << Sums.CORRECTED));

  /** What an agent takes over from its models as it stands. */
  private static final long OF_MODEL =
      bits(
              Counter.INPUT_TOKENS,
              Counter.OUTPUT_TOKENS,
              Counter.CACHE_READ_TOKENS,
              Counter.CACHE_WRITE_TOKENS,
              Counter.REASONING_TOKENS,
              Counter.TOKENS_UNKNOWN,
              Counter.COST_MICROS,
              Counter.COST_UNKNOWN)
          | (1L << Sums.COUNTED)
          | (1L << Sums.LATE);

  private static final int QUANTITIES_OF_MODEL =
      Quantity.COST.bit() | Quantity.TOKENS_IN.bit() | Quantity.TOKENS_OUT.bit();

  final Sums sums = new Sums();
  final Quantities quantities = new Quantities();
  Parts parts;
  CappedSums errorTypes;
  CappedSums deniedByRule;
  CappedSums scores;
  CappedSums currencies;
  ExemplarPool exemplars;

  /**
   * Exemplars that a correction replaces, in order: high and low half of the trace id, what it
   * shows and, above, which bits that is about.
   */
  long[] replaced = {};

  /** Adds to a counter. */
  public void add(Counter counter, long delta) {
    sums.add(counter.slot(), delta);
  }

  /** A counter. */
  public long get(Counter counter) {
    return sums.get(counter.slot());
  }

  /** Adds a failed attempt of a class of error. */
  public void addError(String type, long delta) {
    errorTypes = errorTypes == null ? new CappedSums(1) : errorTypes;
    errorTypes.of(type)[0] += delta;
  }

  /** Adds a denied attempt of a policy rule. */
  public void addDenial(String rule, long delta) {
    deniedByRule = deniedByRule == null ? new CappedSums(1) : deniedByRule;
    deniedByRule.of(rule)[0] += delta;
  }

  /** Adds a known value of a quantity, in the unit of its field. */
  public void add(Quantity quantity, long value, long delta) {
    quantities.of(quantity).add(value, delta);
  }

  /** Adds a known duration, microseconds. */
  public void addLatency(long micros, long delta) {
    add(Quantity.LATENCY, micros, delta);
  }

  /** Adds a known wait for a human, microseconds. */
  public void addHumanWait(long micros, long delta) {
    add(Quantity.HUMAN_WAIT, micros, delta);
  }

  /** Adds a known cost in millionths of {@code code}. */
  public void addCost(long micros, String code, long delta) {
    add(Counter.COST_MICROS, micros * delta);
    add(Quantity.COST, micros, delta);
    addCurrency(code, delta);
  }

  void addCurrency(String code, long delta) {
    currencies = currencies == null ? new CappedSums(1) : currencies;
    currencies.of(code)[0] += delta;
  }

  /** Adds an evaluation result; {@code passed} and {@code scoreMicros} may be null. */
  public void addScore(String name, Boolean passed, Long scoreMicros, long delta) {
    long[] s = scoresOf(name);
    s[0] += delta;
    s[1] += Boolean.TRUE.equals(passed) ? delta : 0;
    s[2] += Boolean.FALSE.equals(passed) ? delta : 0;
    s[3] += scoreMicros == null ? 0 : delta;
    s[4] += scoreMicros == null ? 0 : delta * scoreMicros;
  }

  /**
   * Adds a call of a tool that somebody else than the agent made.
   *
   * @param actor lower-case name of who made it
   * @param events which of these it is, a bit each from the lowest: a retry, failed, denied,
   *     identical to an earlier one
   * @param durationUs negative when unknown
   */
  public void addCall(String actor, int events, long durationUs, long delta) {
    parts().addCall(Dimension.ACTOR.part(actor), events, durationUs, delta);
  }

  /**
   * Adds a run that used a part so often.
   *
   * @param part as {@link SeriesNode#part()} says
   */
  public void addRun(String part, long calls, long delta) {
    parts().addRun(part, calls, delta);
  }

  Parts parts() {
    parts = parts == null ? new Parts() : parts;
    return parts;
  }

  long[] scoresOf(String name) {
    scores = scores == null ? new CappedSums(NUMBERS_OF_A_SCORE) : scores;
    return scores.of(name);
  }

  void addCluster(int slot, long delta) {
    sums.add(Sums.CLUSTERS + slot, delta);
  }

  /** Adds to the completeness figures. */
  public void addCompleteness(long counted, long late, long corrected) {
    sums.add(Sums.COUNTED, counted);
    sums.add(Sums.LATE, late);
    sums.add(Sums.CORRECTED, corrected);
  }

  /** Offers a run that shows a category, or takes it back. */
  public void addExemplar(Shows category, long traceHigh, long traceLow, int delta) {
    pool().add(category, traceHigh, traceLow, delta);
  }

  /**
   * Says, as a correction, what a trace shows from now on.
   *
   * @param shows bits of {@link Shows}
   * @param of which bits this is about; of the others nothing is said
   */
  public void replaceExemplar(long traceHigh, long traceLow, int shows, int of) {
    for (int i = 0; i < replaced.length; i += TRIPLE) {
      if (replaced[i] == traceHigh && replaced[i + 1] == traceLow) {
        long both = of | (long) of << Shows.BITS;
        replaced[i + 2] = (replaced[i + 2] & ~both) | shows | (long) of << Shows.BITS;
        return;
      }
    }
    int at = replaced.length;
    replaced = Arrays.copyOf(replaced, at + TRIPLE);
    replaced[at] = traceHigh;
    replaced[at + 1] = traceLow;
    replaced[at + 2] = shows | (long) of << Shows.BITS;
  }

  /** Forgets exemplars that are not shown, as if it had been stored and read again. */
  public void keepShown() {
    if (exemplars != null) {
      List<ExemplarTrace> shown = exemplars.records(revised());
      exemplars = new ExemplarPool();
      exemplars.add(shown);
    }
  }

  /** Adds a part of the same window; what it replaces is replaced here. */
  public void add(WindowTotals part) {
    add(part, -1L);
    if (part.parts != null) {
      parts().add(part.parts);
    }
    if (part.exemplars != null) {
      pool().add(part.exemplars);
    }
    for (int i = 0; i < part.replaced.length; i += TRIPLE) {
      pool().replace(part.replaced[i], part.replaced[i + 1], part.replaced[i + 2]);
    }
  }

  /** An agent takes over what its tool counted, the fleet what its agent counted. */
  void takeOver(String part, WindowTotals child) {
    add(child, OF_CHILD);
    parts().takeOver(part, child);
    if (child.exemplars != null) {
      pool().add(child.exemplars);
    }
  }

  /** An agent's window takes over what its model used. */
  void takeOverModel(String part, WindowTotals model) {
    sums.add(model.sums, OF_MODEL);
    add(Counter.MODEL_CALLS, model.get(Counter.ATTEMPTS));
    add(Counter.MODEL_ERRORS, model.get(Counter.ERRORS));
    quantities.add(model.quantities, QUANTITIES_OF_MODEL);
    currencies = merged(currencies, model.currencies, 1);
    parts().takeOver(part, model);
  }

  private void add(WindowTotals part, long slots) {
    sums.add(part.sums, slots);
    errorTypes = merged(errorTypes, part.errorTypes, 1);
    deniedByRule = merged(deniedByRule, part.deniedByRule, 1);
    scores = merged(scores, part.scores, NUMBERS_OF_A_SCORE);
    currencies = merged(currencies, part.currencies, 1);
    quantities.add(part.quantities, Quantities.EVERY);
  }

  /** Adds another window of the same series. */
  public void add(WindowRecord other) {
    for (Counter counter : Counter.values()) {
      add(counter, counter.of(other));
    }
    other.getErrorTypes().forEach(this::addError);
    other.getDeniedByRule().forEach(this::addDenial);
    other.getScores().forEach(this::addScores);
    for (Quantity quantity : Quantity.values()) {
      quantities.add(quantity, quantity.of(other));
    }
    other.getParts().forEach((part, sums) -> parts().add(part, sums));
    if (other.getCostCurrency() != null && other.getCost() != null) {
      addCurrency(other.getCostCurrency(), Sketches.count(other.getCost()));
    }
    ClusterSums clusters = other.getClusters();
    for (int i = 0; clusters != null && i < Sums.CLUSTER_COUNT; i++) {
      addCluster(i, (Long) clusters.get(i));
    }
    if (!other.getExemplars().isEmpty()) {
      pool().add(other.getExemplars());
    }
    addCompleteness(other.getCounted(), other.getLate(), other.getCorrected());
  }

  private void addScores(String name, ScoreSums other) {
    long[] s = scoresOf(name);
    s[0] += other.getCount();
    s[1] += other.getPassed();
    s[2] += other.getFailed();
    s[3] += other.getScored();
    s[4] += other.getScoreMicros();
  }

  /** The record; maps are sorted and capped, so equal totals give equal bytes. */
  public WindowRecord toRecord(Series series, long startMs, long endMs) {
    WindowRecord record = new WindowRecord();
    record.setSeries(series.toKey());
    record.setWindowStartMs(startMs);
    record.setWindowEndMs(endMs);
    record.setRevision(revision());
    for (Counter counter : Counter.values()) {
      counter.put(record, get(counter));
    }
    record.setCostCurrency(currency());
    record.setErrorTypes(firsts(errorTypes));
    record.setDeniedByRule(firsts(deniedByRule));
    Map<String, ScoreSums> scoreRecords = new LinkedHashMap<>();
    if (scores != null) {
      scores
          .shown()
          .forEach(
              (name, s) -> scoreRecords.put(name, new ScoreSums(s[0], s[1], s[2], s[3], s[4])));
    }
    record.setScores(scoreRecords);
    for (Quantity quantity : Quantity.values()) {
      ExponentialSketch sketch = quantities.get(quantity);
      quantity.put(record, sketch == null || sketch.isEmpty() ? null : sketch.toRecord());
    }
    record.setParts(partRecords());
    long[] clusters = new long[Sums.CLUSTER_COUNT];
    Arrays.setAll(clusters, i -> sums.get(Sums.CLUSTERS + i));
    record.setClusters(ClusterIncrements.toRecord(clusters));
    record.setExemplars(exemplars == null ? new ArrayList<>() : exemplars.records(revised()));
    record.setCounted(sums.get(Sums.COUNTED));
    record.setLate(sums.get(Sums.LATE));
    record.setCorrected(sums.get(Sums.CORRECTED));
    return record;
  }

  private Map<String, PartSums> partRecords() {
    Map<String, PartSums> records = new LinkedHashMap<>();
    shownParts()
        .forEach(
            (part, values) -> {
              PartSums record = new PartSums();
              for (int i = 0; i < values.length; i++) {
                record.put(i, values[i]);
              }
              records.put(part, record);
            });
    return records;
  }

  /** The parts shown, in order of their names. */
  Map<String, long[]> shownParts() {
    return parts == null ? Map.of() : parts.shown(this);
  }

  /** Whether nothing is counted: what was added has been taken back. */
  boolean isEmpty() {
    return sums.filled() == 0 && quantities.isEmpty() && (parts == null || parts.isEmpty());
  }

  /** Number of the revision: 0 for a window as closed. */
  int revision() {
    return (int) Math.min(Integer.MAX_VALUE, sums.get(Sums.CORRECTED));
  }

  /** Whether anything corrected it since it closed. */
  boolean revised() {
    return sums.get(Sums.CORRECTED) != 0;
  }

  /** Code of the currency; null while no cost is known, 'mixed' when there are several. */
  String currency() {
    if (currencies == null) {
      return null;
    }
    Map<String, long[]> known = currencies.shown();
    if (known.size() <= 1) {
      return known.isEmpty() ? null : known.keySet().iterator().next();
    }
    return MIXED;
  }

  private ExemplarPool pool() {
    exemplars = exemplars == null ? new ExemplarPool() : exemplars;
    return exemplars;
  }

  private static Map<String, Long> firsts(CappedSums capped) {
    Map<String, Long> firsts = new LinkedHashMap<>();
    if (capped != null) {
      capped.shown().forEach((name, values) -> firsts.put(name, values[0]));
    }
    return firsts;
  }

  private static CappedSums merged(CappedSums sum, CappedSums other, int width) {
    if (other == null) {
      return sum;
    }
    CappedSums target = sum == null ? new CappedSums(width) : sum;
    other.each(
        (name, values) -> {
          long[] into = target.of(name);
          for (int i = 0; i < into.length; i++) {
            into[i] += values[i];
          }
        });
    return target;
  }

  private static long bits(Counter... counters) {
    long bits = 0;
    for (Counter counter : counters) {
      bits |= 1L << counter.slot();
    }
    return bits;
  }
}
