package dev.tidemark.core.detect;

import dev.tidemark.records.Direction;
import dev.tidemark.records.Signal;
import dev.tidemark.records.WindowRecord;
import java.util.Collection;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * Whether a shift can be found with the data there is. The evidence is what the frozen detector
 * itself collects over all trials of the new version: it carries the uncertainty of the baseline
 * and the price of not knowing the size of the shift. About n KL / phi nats, never more than the
 * baseline's own n0 KL / phi. No single window may add more than half of the threshold, so a shift
 * inside one window is not findable, whatever its evidence.
 *
 * @param findable whether the evidence reaches the threshold
 * @param evidence ln of the mixture likelihood ratio, nats
 * @param threshold ln(1 / gamma), nats
 * @param neededCalls trials after the change, at the same rate, that reach the threshold; {@link
 *     #NEVER} when no number does because the baseline is too small
 * @param neededBaseline trials of baseline, at the same rate, without which a million trials after
 *     the change would not do; {@link #NEVER} when the rates are too close
 */
public record Findability(
    boolean findable, double evidence, double threshold, long neededCalls, long neededBaseline) {
  /** No number of trials is enough. */
  public static final long NEVER = Long.MAX_VALUE;

  private static final long MOST = 1L << 40;
  private static final double UNLIMITED = 1_000_000;

  /** Trials and events, possibly of a thought experiment. */
  private record Sample(double n, double x) {
    static Sample at(double n, double rate) {
      return new Sample(n, n * rate);
    }
  }

  /**
   * Judges a shift.
   *
   * @param n0 trials of the baseline
   * @param x0 events among them
   * @param n1 trials after the change
   * @param x1 events among them
   * @param phi over-dispersion, at least 1
   * @param logOneOverGamma threshold in nats, see {@link BudgetPlan}
   * @throws IllegalArgumentException when events exceed trials, or phi is below 1
   */
  public static Findability of(
      long n0, long x0, long n1, long x1, double phi, double logOneOverGamma) {
    if (x0 < 0 || x0 > n0 || x1 < 0 || x1 > n1 || !(phi >= 1)) {
      throw new IllegalArgumentException(
          "events must lie between 0 and trials, and phi must be at least 1: got "
              + (x0 + " of " + n0 + ", " + x1 + " of " + n1 + ", phi " + phi));
    }
    Sample before = new Sample((double) n0, (double) x0);
    Sample after = new Sample((double) n1, (double) x1);
    double rate0 = n0 == 0 ? BetaNull.PRIOR : before.x() / n0;
    double rate1 = n1 == 0 ? 0 : after.x() / n1;
    Direction direction = rate1 >= rate0 ? Direction.UP : Direction.DOWN;
    double evidence = evidence(before, after, phi, direction);
    long calls =
        smallest(
            n -> evidence(before, Sample.at((double) n, rate1), phi, direction) >= logOneOverGamma);
    Sample unlimited = Sample.at(UNLIMITED, rate1);
    long baseline =
        smallest(
            n ->
                evidence(Sample.at((double) n, rate0), unlimited, phi, direction)
                    >= logOneOverGamma);
    return new Findability(evidence >= logOneOverGamma, evidence, logOneOverGamma, calls, baseline);
  }

  /**
   * Judges a shift of one signal between two versions with the counts and the dispersion that a
   * detector would take from their windows.
   *
   * @param before windows of the first version, oldest first
   * @param after windows of the second version, oldest first
   * @param signal a rate or a quantity that is no family
   * @param logOneOverGamma threshold in nats, see {@link BudgetPlan#frozenThreshold}
   */
  public static Findability of(
      Collection<WindowRecord> before,
      Collection<WindowRecord> after,
      Signal signal,
      double logOneOverGamma) {
    return of(before, after, signal, "", logOneOverGamma);
  }

  /**
   * The same of a rate or a quantity.
   *
   * @param item evaluation or tool the signal is about; empty when the signal says it all
   * @throws IllegalArgumentException when the signal is neither a rate nor a quantity
   */
  public static Findability of(
      Collection<WindowRecord> before,
      Collection<WindowRecord> after,
      Signal signal,
      String item,
      double logOneOverGamma) {
    return of(before, after, new SignalId(signal, item), 1, logOneOverGamma);
  }

  /**
   * The same of a rate or a quantity. How much history a quantity would need is not told.
   *
   * @param leastPhi over-dispersion that the detector calculates with at the least
   * @throws IllegalArgumentException when the signal is neither a rate nor a quantity
   */
  static Findability of(
      Collection<WindowRecord> before,
      Collection<WindowRecord> after,
      SignalId id,
      double leastPhi,
      double logOneOverGamma) {
    if (SignalId.kind(id.signal()) == SignalId.Kind.QUANTITY) {
      return FindableQuantity.of(before, after, id.signal(), logOneOverGamma);
    }
    Seen first = Seen.of(before, id);
    Seen second = Seen.of(after, id);
    double phi = Math.max(leastPhi, Math.max(first.phi(), second.phi()));
    return of(first.n(), first.x(), second.n(), second.x(), phi, logOneOverGamma);
  }

  /** What a detector counts as trials of a signal in windows: calls, runs, values, or both. */
  public static long trials(Collection<WindowRecord> windows, Signal signal, String item) {
    return SignalId.kind(signal) == SignalId.Kind.QUANTITY
        ? FindableQuantity.histogram(windows, signal).n()
        : Seen.of(windows, new SignalId(signal, item)).n();
  }

  /** Counts of all windows of a version and their dispersion. */
  private record Seen(long n, long x, double phi) {
    static Seen of(Collection<WindowRecord> windows, SignalId id) {
      List<SignalCounts> counts = windows.stream().map(w -> SignalCounts.of(w, id)).toList();
      long n = counts.stream().mapToLong(SignalCounts::n).sum();
      long x = counts.stream().mapToLong(SignalCounts::x).sum();
      double rate = (x + BetaNull.PRIOR) / (n + 2 * BetaNull.PRIOR);
      Dispersion dispersion = new Dispersion(id.signal());
      for (SignalCounts window : counts) {
        dispersion.addClusters(window);
        dispersion.addBlock(window.n(), window.x(), rate);
      }
      return new Seen(n, x, dispersion.phi());
    }
  }

  /**
   * Trials of baseline needed before a doubling of the rate could be found however long one waits;
   * 0 when there are enough. Below it a series is INSUFFICIENT_BASELINE: a label, never a gate.
   */
  public static long missingForDoubling(long n0, long x0, double phi, double logOneOverGamma) {
    double p = (x0 + BetaNull.PRIOR) / (n0 + 2 * BetaNull.PRIOR);
    double q = Math.min(2 * p, (1 + p) / 2);
    double information = p * StrictMath.log(p / q) + (1 - p) * StrictMath.log((1 - p) / (1 - q));
    double needed = (logOneOverGamma + 5) * phi / information;
    return Math.max(0, (long) StrictMath.ceil(needed) - n0);
  }

  /** Evidence for a shift from one count to another, nats. */
  static double evidence(
      Evidence.Counts before, Evidence.Counts after, double phi, Direction direction) {
    Sample baseline = new Sample((double) before.n(), (double) before.x());
    return evidence(baseline, new Sample((double) after.n(), (double) after.x()), phi, direction);
  }

  private static double evidence(Sample before, Sample after, double phi, Direction direction) {
    BetaNull belief = BetaNull.ofCounts(before.n(), before.x(), phi);
    BetaNull nothing = new BetaNull(BetaNull.PRIOR, BetaNull.PRIOR);
    double n = after.n() / phi;
    double x = after.x() / phi;
    double[] weights = Likelihoods.weights(direction, true);
    double[] logs = new double[weights.length];
    OwnRate own = new OwnRate().of(nothing, belief.mean(), n, x);
    Likelihoods.log(direction, belief, belief.mean(), own, n, x, Double.MAX_VALUE, logs);
    return Likelihoods.logMixture(logs, weights);
  }

  private static long smallest(LongPredicate enough) {
    long high = 2;
    while (!enough.test(high)) {
      high *= 2;
      if (high > MOST) {
        return NEVER;
      }
    }
    long low = high / 2;
    while (low + 1 < high) {
      long middle = (low + high) / 2;
      if (enough.test(middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }
}
