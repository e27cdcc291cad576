package dev.tidemark.core.window;

import dev.tidemark.records.PartSums;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * What a window is made of: sums by part, so many parts per dimension as {@link CappedSums} says.
 * The agent's own calls of a tool are not counted here: they are what the other callers leave of
 * the window. Not thread-safe.
 */
final class Parts {
  /** Sums per part, in the field order of {@code PartSums}. */
  static final int WIDTH = 10;

  private static final int EVENTS = 1;
  private static final int EVENT_COUNT = 4;
  private static final int DURATIONS = 5;
  private static final int DURATION_MICROS = 6;
  private static final int RUNS = 7;
  private static final int RUN_CALLS = 8;
  private static final int RUN_CALLS_SQUARED = 9;
  private static final Dimension[] DIMENSIONS = Dimension.values();
  private static final String OWN = Dimension.ACTOR.part("agent");

  private final CappedSums[] sums = new CappedSums[DIMENSIONS.length];

  /** The sums of a part, to be added to. */
  long[] of(String part) {
    Dimension dimension = Dimension.of(part);
    int at = dimension.compareTo(DIMENSIONS[0]);
    if (sums[at] == null) {
      sums[at] = new CappedSums(WIDTH, dimension.part(Series.OVERFLOW));
    }
    return sums[at].of(part);
  }

  /** Adds what a subject counted to the part that it is of its parent. */
  void takeOver(String part, WindowTotals child) {
    long[] counted = counted(child);
    if (Arrays.stream(counted).anyMatch(n -> n != 0)) {
      addTo(of(part), counted, 1);
    }
  }

  /** Adds a call; {@code events} as {@link WindowTotals#addCall} has them. */
  void addCall(String part, int events, long durationUs, long times) {
    long[] into = of(part);
    into[0] += times;
    for (int i = 0; i < EVENT_COUNT; i++) {
      into[EVENTS + i] += (events & (1 << i)) != 0 ? times : 0;
    }
    into[DURATIONS] += durationUs < 0 ? 0 : times;
    into[DURATION_MICROS] += durationUs < 0 ? 0 : times * durationUs;
  }

  /** Adds a run that used a part so often. */
  void addRun(String part, long calls, long times) {
    long[] into = of(part);
    into[RUNS] += times;
    into[RUN_CALLS] += calls * times;
    into[RUN_CALLS_SQUARED] += calls * calls * times;
  }

  void add(Parts other) {
    other.each((part, values) -> addTo(of(part), values, 1));
  }

  /** Adds what a record tells of a part. */
  void add(String part, PartSums record) {
    if (part.equals(OWN)) {
      return;
    }
    long[] into = of(part);
    for (int i = 0; i < WIDTH; i++) {
      into[i] += (Long) record.get(i);
    }
  }

  /** Every part and its sums; parts without counts are left out. */
  void each(BiConsumer<String, long[]> visitor) {
    for (CappedSums dimension : sums) {
      if (dimension != null) {
        dimension.each(visitor);
      }
    }
  }

  boolean isEmpty() {
    boolean[] any = {false};
    each((part, values) -> any[0] = true);
    return !any[0];
  }

  /** The parts shown of a window, in order of their names. */
  Map<String, long[]> shown(WindowTotals window) {
    TreeMap<String, long[]> shown = new TreeMap<>();
    for (CappedSums dimension : sums) {
      if (dimension != null) {
        shown.putAll(dimension.shown());
      }
    }
    CappedSums others = sums[Dimension.ACTOR.compareTo(DIMENSIONS[0])];
    if (others != null && !others.shown().isEmpty()) {
      long[] own = counted(window);
      others.each((actor, values) -> addTo(own, values, -1));
      if (Arrays.stream(own).anyMatch(n -> n != 0)) {
        shown.put(OWN, own);
      }
    }
    return shown;
  }

  private static long[] counted(WindowTotals totals) {
    return new long[] {
      totals.get(Counter.ATTEMPTS),
      totals.get(Counter.RETRIES),
      totals.get(Counter.ERRORS),
      totals.get(Counter.DENIED),
      totals.get(Counter.IDENTICAL),
      totals.quantities.count(Quantity.LATENCY),
      totals.quantities.sum(Quantity.LATENCY),
      0,
      0,
      0
    };
  }

  private static void addTo(long[] into, long[] values, int sign) {
    for (int i = 0; i < WIDTH; i++) {
      into[i] += sign * values[i];
    }
  }
}
