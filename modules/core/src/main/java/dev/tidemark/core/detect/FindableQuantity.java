package dev.tidemark.core.detect;

import dev.tidemark.records.ClusterSums;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Signal;
import dev.tidemark.records.WindowRecord;
import java.util.Collection;

/**
 * Whether a shift of a quantity can be found with the windows there are: the most evidence that the
 * frozen detector gathers on its way through those of the new version.
 */
final class FindableQuantity {
  private FindableQuantity() {}

  static Findability of(
      Collection<WindowRecord> before,
      Collection<WindowRecord> after,
      Signal signal,
      double threshold) {
    Histogram baseline = histogram(before, signal);
    Histogram values = histogram(after, signal);
    if (baseline.n() == 0 || values.n() == 0) {
      return new Findability(false, 0, threshold, Findability.NEVER, Findability.NEVER);
    }
    int split = baseline.medianBin();
    double phi = Math.max(phi(before, signal, split), phi(after, signal, split));
    double evidence = 0;
    for (Direction direction : new Direction[] {Direction.UP, Direction.DOWN}) {
      boolean money = signal == Signal.COST || signal == Signal.RUN_COST;
      QuantityAlternatives alternatives = new QuantityAlternatives(direction, money, true);
      evidence = Math.max(evidence, most(alternatives, direction, baseline, after, signal, phi));
    }
    long needed =
        evidence <= 0
            ? Findability.NEVER
            : (long) StrictMath.ceil(values.n() * (threshold / evidence));
    return new Findability(evidence >= threshold, evidence, threshold, needed, Findability.NEVER);
  }

  /** Most evidence that the frozen detector gathers on its way through the windows. */
  private static double most(
      QuantityAlternatives alternatives,
      Direction direction,
      Histogram baseline,
      Collection<WindowRecord> windows,
      Signal signal,
      double phi) {
    Histogram belief = baseline.copy();
    Histogram own = Histogram.of(signal);
    EffectiveValues effective = new EffectiveValues();
    HistogramNull now = new HistogramNull();
    double[] logs = new double[alternatives.weights().length];
    double[] sums = new double[logs.length];
    double most = 0;
    for (WindowRecord window : windows) {
      Histogram values = Histogram.of(signal);
      if (QuantityWatch.sketch(window, signal) == null
          || !values.add(QuantityWatch.sketch(window, signal))) {
        continue;
      }
      effective.of(values, phi);
      double predictive = now.of(belief, effective.weight()).logPredictive(effective);
      boolean beyond =
          own.n() > 0 && (direction == Direction.UP) == (own.meanBin() > baseline.meanBin());
      alternatives.log(
          predictive,
          baseline,
          null,
          false,
          belief,
          beyond ? own : null,
          effective,
          Double.MAX_VALUE,
          logs);
      for (int k = 0; k < logs.length; k++) {
        sums[k] += logs[k];
      }
      belief.add(values);
      own.add(values);
      most = Math.max(most, Likelihoods.logMixture(sums, alternatives.weights()));
    }
    return most;
  }

  static Histogram histogram(Collection<WindowRecord> windows, Signal signal) {
    Histogram sum = Histogram.of(signal);
    for (WindowRecord window : windows) {
      if (QuantityWatch.sketch(window, signal) != null) {
        sum.add(QuantityWatch.sketch(window, signal));
      }
    }
    return sum;
  }

  private static double phi(Collection<WindowRecord> windows, Signal signal, int split) {
    Histogram sum = histogram(windows, signal);
    double rate = (sum.above(split) + 0.5) / (sum.n() + 1);
    Dispersion dispersion = new Dispersion(signal);
    for (WindowRecord window : windows) {
      Histogram values = Histogram.of(signal);
      if (QuantityWatch.sketch(window, signal) == null
          || !values.add(QuantityWatch.sketch(window, signal))) {
        continue;
      }
      ClusterSums c = window.getClusters();
      boolean runs = SignalCounts.countsRuns(signal) || c == null;
      long n = values.n();
      dispersion.addClusters(
          new SignalCounts(n, 0, runs ? n : c.getRuns(), runs ? n : c.getNn(), 0, 0));
      dispersion.addBlock(n, values.above(split), rate);
    }
    return dispersion.phi();
  }
}
