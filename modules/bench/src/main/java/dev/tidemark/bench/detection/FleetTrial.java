package dev.tidemark.bench.detection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A fleet of series beside all contenders: false alerts where nothing changes, and what becomes of
 * series whose rate doubles. Every contender sees the same windows and has the same latch of an
 * hour per series.
 */
final class FleetTrial {
  private static final long WEEK_MS = 7 * Counts.DAY_MS;
  private final FleetPlan plan;
  private final Regime regime;
  private final List<Contender> contenders;
  private final long seed;

  FleetTrial(FleetPlan plan, Regime regime, List<Contender> contenders, long seed) {
    this.plan = plan;
    this.regime = regime;
    this.contenders = contenders;
    this.seed = seed;
  }

  /** What the contenders did at the series from one to before another, by name. */
  Map<String, FleetTally> run(int from, int to) {
    Map<String, FleetTally> total = empty();
    for (int i = from; i < to; i++) {
      watch(FleetSeries.of(i), total);
    }
    return total;
  }

  private Map<String, FleetTally> empty() {
    Map<String, FleetTally> tallies = new LinkedHashMap<>();
    contenders.forEach(c -> tallies.put(c.name(), new FleetTally()));
    return tallies;
  }

  /** One contender at one series. */
  private static final class Watch {
    final FleetTally tally;
    private final Method method;
    private final Ours ours;
    boolean found;
    private double phiAsSeen = Double.NaN;

    Watch(Contender contender, FleetTally tally) {
      Method bare = contender.perSeries().get();
      this.method = new Latch(bare);
      this.ours = bare instanceof Ours detector ? detector : null;
      this.tally = tally;
    }

    boolean observe(Counts window) {
      return method.observe(window);
    }

    /** The moment of the change: ours says which over-dispersion it has learned. */
    void change(FleetSeries series) {
      if (ours != null) {
        phiAsSeen = ours.probe().phi();
        tally.feasibleAsSeen += FleetPlan.feasible(series, phiAsSeen) ? 1 : 0;
      }
    }

    void find(FleetSeries series, double phi, boolean feasible, long calls) {
      found = true;
      tally.found++;
      if (feasible) {
        tally.feasibleFound++;
        tally.delays.add(calls / bound(series, phi));
      }
      if (ours != null && FleetPlan.feasible(series, phiAsSeen)) {
        tally.feasibleAsSeenFound++;
        tally.delaysAsSeen.add(calls / bound(series, phiAsSeen));
      }
    }

    private static double bound(FleetSeries series, double phi) {
      double rate = series.rate();
      return Information.bound(rate, 2 * rate, phi, FleetPlan.threshold());
    }
  }

  private void watch(FleetSeries series, Map<String, FleetTally> total) {
    boolean shifted = plan.shifts(series);
    long quietMs = shifted ? plan.changeMs() : plan.endMs();
    Behaviour behaviour = regime.behaviour(series);
    double phi = behaviour.phi(series.perWindow());
    boolean feasible = shifted && FleetPlan.feasible(series, phi);
    List<Watch> watches = watches(series, shifted, feasible, quietMs, total);
    Chance chance = new Chance(seed, regime.stream() * 1_000_000 + series.index());
    CountStream stream = series.stream(behaviour, chance, quietMs, 2);
    Counts window = new Counts();
    long calls = 0;
    boolean changed = false;
    for (stream.next(window); window.startMs < plan.endMs(); stream.next(window)) {
      boolean quiet = window.startMs < quietMs;
      if (!quiet && !changed) {
        changed = true;
        watches.forEach(watch -> watch.change(series));
      }
      calls += quiet ? 0 : window.n;
      for (Watch watch : watches) {
        if (!watch.observe(window)) {
          continue;
        }
        if (quiet) {
          watch.tally.falseAlerts++;
          watch.tally.falseLater += window.startMs >= WEEK_MS ? 1 : 0;
        } else if (!watch.found) {
          watch.find(series, phi, feasible, calls);
        }
      }
    }
  }

  private List<Watch> watches(
      FleetSeries series,
      boolean shifted,
      boolean feasible,
      long quietMs,
      Map<String, FleetTally> total) {
    List<Watch> watches = new ArrayList<>();
    for (Contender contender : contenders) {
      if (shifted || series.index() % contender.oneIn() == contender.oneIn() / 2) {
        Watch watch = new Watch(contender, total.get(contender.name()));
        watch.tally.quietDays += (double) quietMs / Counts.DAY_MS;
        watch.tally.quietLater += (double) Math.max(0, quietMs - WEEK_MS) / Counts.DAY_MS;
        watch.tally.shifted += shifted ? 1 : 0;
        watch.tally.feasible += feasible ? 1 : 0;
        watches.add(watch);
      }
    }
    return watches;
  }
}
