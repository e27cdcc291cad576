package dev.tidemark.core.detect;

/**
 * The counts a rate is compared with. In the first week of its own past those of the last hours,
 * which go along with a season. Each hour of the day has counts of its own. After a week, and where
 * the hours differ by more than chance, an hour is believed to be what it was itself, and of the
 * other hours only as many calls count for it as their difference allows (empirical Bayes, the
 * variance between hours by moments); else all calls count alike. The hour is known before the
 * window is read, so the guarantee is untouched.
 */
final class RateNull {
  private static final int HOURS = 24;
  private static final long HOUR_MS = 3_600_000;
  private static final long YOUNG_MS = 7 * HOURS * HOUR_MS;

  private static final double DEVIATIONS = 2;
  private static final int LEAST_HOURS = 3;
  private static final double LEAST_SHRINKAGE = 50;
  private static final double LONGEST = 200_000;

  private final double longest;

  /** Start of the first window; 0 when the counts came from elsewhere and are of age. */
  private long firstMs = -1;

  private final BetaNull believed = new BetaNull(BetaNull.PRIOR, BetaNull.PRIOR);
  private long judgedHour = -1;
  private double shrinkage = Double.MAX_VALUE;
  private long n;
  private long x;
  private final long[] hourN = new long[HOURS];
  private final long[] hourX = new long[HOURS];

  /** What is believed in the first week; null beside a frozen baseline, which nothing moves. */
  private RecentCounts recent = new RecentCounts();

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
    counts.firstMs = 0;
    counts.recent = null;
    return counts;
  }

  /** The same seasons around other counts: a baseline without its incidents. */
  RateNull withCounts(long trials, long events) {
    RateNull copy = ofCounts(trials, events);
    copy.recent = null;
    copy.firstMs = firstMs;
    copy.judgedHour = judgedHour;
    copy.shrinkage = shrinkage;
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
      firstMs = Math.max(1, timeMs);
    }
    n += trials;
    x += events;
    hourN[hour(timeMs)] += trials;
    hourX[hour(timeMs)] += events;
    if (follows(timeMs)) {
      recent.learn(timeMs, trials, events);
    }
  }

  /** Takes back what was learned after a change; the hours keep it, it is a few calls of them. */
  void rollBack(long trials, long events) {
    if (recent != null) {
      recent.rollBack(trials, events);
    }
    n = Math.max(0, n - trials);
    x = Math.min(n, Math.max(0, x - events));
  }

  /** Whether the hours before a time are believed, and not the whole past. */
  private boolean follows(long timeMs) {
    return recent != null && young(timeMs);
  }

  /**
   * Stops following the last hours once a week has passed.
   *
   * @return whether it followed them until now
   */
  boolean endFollowing(long timeMs) {
    boolean ends = recent != null && firstMs >= 0 && !young(timeMs);
    if (ends) {
      recent = null;
    }
    return ends;
  }

  /** Whether hours differ by more than chance at an over-dispersion. */
  boolean seasonal(double phi) {
    return shrinkage(phi) < Double.MAX_VALUE;
  }

  /** Whether less than a week was seen by a time, so that its seasons are not known. */
  boolean young(long timeMs) {
    return firstMs < 0 || (firstMs > 0 && timeMs - firstMs < YOUNG_MS);
  }

  double rate() {
    return (x + BetaNull.PRIOR) / (n + 2 * BetaNull.PRIOR);
  }

  /** Belief about the window that starts at a time, at effective counts; valid until the next. */
  BetaNull at(long timeMs, double phi) {
    if (follows(timeMs)) {
      double scale = Math.min(1, longest / Math.max(1, recent.n())) / phi;
      double events = recent.x() * scale;
      return believed.set(BetaNull.PRIOR + events, BetaNull.PRIOR + recent.n() * scale - events);
    }
    double scale = Math.min(1, longest / Math.max(1, n)) / phi;
    double trials = n * scale;
    double events = x * scale;
    long now = Math.floorDiv(timeMs, HOUR_MS);
    if (now != judgedHour) {
      judgedHour = now;
      shrinkage = young(timeMs) ? Double.MAX_VALUE : shrinkage(phi);
    }
    if (shrinkage == Double.MAX_VALUE) {
      return believed.set(BetaNull.PRIOR + events, BetaNull.PRIOR + trials - events);
    }
    double inHour = hourN[hour(timeMs)] * scale;
    double eventsInHour = hourX[hour(timeMs)] * scale;
    double weight = Math.min(shrinkage / phi, Math.max(0, trials - inHour));
    return believed.set(
        BetaNull.PRIOR + eventsInHour + weight * rate(),
        BetaNull.PRIOR + inHour - eventsInHour + weight * (1 - rate()));
  }

  /** How many calls of other hours count for an hour; all while they differ by chance only. */
  private double shrinkage(double phi) {
    double all = 0;
    double squares = 0;
    double spread = 0;
    int hours = 0;
    double p = rate();
    for (int h = 0; h < HOURS; h++) {
      if (hourN[h] > 0) {
        double off = (double) hourX[h] / hourN[h] - p;
        all += hourN[h];
        squares += (double) hourN[h] * hourN[h];
        spread += hourN[h] * off * off;
        hours++;
      }
    }
    double chance = hours - 1;
    double seen = spread / (p * (1 - p) * phi);
    double room = all - squares / Math.max(1, all);
    boolean alike = seen <= chance + DEVIATIONS * StrictMath.sqrt(2 * chance);
    return hours < LEAST_HOURS || room <= 0 || alike
        ? Double.MAX_VALUE
        : Math.max(LEAST_SHRINKAGE, room / ((seen - chance) * phi));
  }

  private static int hour(long timeMs) {
    return (int) Math.floorMod(Math.floorDiv(timeMs, HOUR_MS), (long) HOURS);
  }

  void write(StateWriter out) {
    out.whole(firstMs).whole(n).whole(x).whole(judgedHour).real(shrinkage);
    for (int i = 0; i < HOURS; i++) {
      out.whole(hourN[i]).whole(hourX[i]);
    }
    out.flag(recent != null);
    if (recent != null) {
      recent.write(out);
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
    counts.judgedHour = in.whole();
    counts.shrinkage = in.real();
    for (int i = 0; i < HOURS; i++) {
      counts.hourN[i] = in.whole();
      counts.hourX[i] = in.whole();
    }
    counts.recent = in.flag() ? RecentCounts.read(in) : null;
    return counts;
  }
}
