package dev.tidemark.core.detect;

/**
 * The counts a rate is compared with. After seven days of data each hour of the day has a belief of
 * its own, shrunk to the whole series with the weight of 200 calls; the hour is known before the
 * window is read, so the guarantee is untouched.
 */
final class RateNull {
  private static final int HOURS = 24;
  private static final long HOUR_MS = 3_600_000;
  private static final long SEASONS_AFTER_MS = 7 * HOURS * HOUR_MS;
  private static final double SHRINKAGE = 200;
  private static final double LONGEST = 200_000;

  private final double longest;

  private long firstMs = -1;
  private long n;
  private long x;
  private final long[] hourN = new long[HOURS];
  private final long[] hourX = new long[HOURS];

  RateNull() {
    this(LONGEST);
  }

  /**
   * @param longest trials that count at most: older ones are scaled down
   */
  RateNull(double longest) {
    this.longest = longest;
  }

  static RateNull ofCounts(long n, long x) {
    RateNull counts = new RateNull();
    counts.n = n;
    counts.x = x;
    return counts;
  }

  /** The same seasons around other counts: a baseline without its incidents. */
  RateNull withCounts(long trials, long events) {
    RateNull copy = ofCounts(trials, events);
    copy.firstMs = firstMs;
    System.arraycopy(hourN, 0, copy.hourN, 0, HOURS);
    System.arraycopy(hourX, 0, copy.hourX, 0, HOURS);
    return copy;
  }

  long n() {
    return n;
  }

  long x() {
    return x;
  }

  void learn(long timeMs, long trials, long events) {
    if (firstMs < 0) {
      firstMs = timeMs;
    }
    n += trials;
    x += events;
    hourN[hour(timeMs)] += trials;
    hourX[hour(timeMs)] += events;
  }

  /** Takes back what was learned after a change; the hours keep it, it is a few calls of them. */
  void rollBack(long trials, long events) {
    n = Math.max(0, n - trials);
    x = Math.min(n, Math.max(0, x - events));
  }

  /** Counts as they were before a change. */
  Evidence.Counts without(long trials, long events) {
    long before = Math.max(0, n - trials);
    return new Evidence.Counts(before, Math.min(before, Math.max(0, x - events)));
  }

  /** Whether less than a week was seen by a time, so that its seasons are not known. */
  boolean young(long timeMs) {
    return firstMs < 0 || timeMs - firstMs < SEASONS_AFTER_MS;
  }

  double rate() {
    return (x + BetaNull.PRIOR) / (n + 2 * BetaNull.PRIOR);
  }

  /** Belief about the window that starts at a time, at effective counts. */
  BetaNull at(long timeMs, double phi) {
    double scale = Math.min(1, longest / Math.max(1, n)) / phi;
    double trials = n * scale;
    double events = x * scale;
    if (young(timeMs)) {
      return new BetaNull(BetaNull.PRIOR + events, BetaNull.PRIOR + trials - events);
    }
    double weight = Math.min(SHRINKAGE, trials);
    double inHour = hourN[hour(timeMs)] * scale;
    double eventsInHour = hourX[hour(timeMs)] * scale;
    return new BetaNull(
        BetaNull.PRIOR + eventsInHour + weight * rate(),
        BetaNull.PRIOR + inHour - eventsInHour + weight * (1 - rate()));
  }

  private static int hour(long timeMs) {
    return (int) Math.floorMod(Math.floorDiv(timeMs, HOUR_MS), (long) HOURS);
  }

  void write(StateWriter out) {
    out.whole(firstMs).whole(n).whole(x);
    for (int i = 0; i < HOURS; i++) {
      out.whole(hourN[i]).whole(hourX[i]);
    }
  }

  static RateNull read(StateReader in) {
    return new RateNull().readFrom(in);
  }

  /** Fills fresh counts. */
  RateNull readFrom(StateReader in) {
    RateNull counts = this;
    counts.firstMs = in.whole();
    counts.n = in.whole();
    counts.x = in.whole();
    for (int i = 0; i < HOURS; i++) {
      counts.hourN[i] = in.whole();
      counts.hourX[i] = in.whole();
    }
    return counts;
  }
}
