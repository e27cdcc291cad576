package dev.tidemark.bench.detection;

import java.util.List;
import java.util.function.Supplier;
import moa.classifiers.core.driftdetection.ADWINChangeDetector;
import moa.classifiers.core.driftdetection.AbstractChangeDetector;
import moa.classifiers.core.driftdetection.PageHinkleyDM;

/**
 * ADWIN and Page-Hinkley of MOA with their defaults, fed call by call. In a fleet they watch one in
 * four series, because they are slow.
 */
final class MoaContenders implements Supplier<List<Contender>> {
  private static final int ONE_IN = 4;

  @Override
  public List<Contender> get() {
    return List.of(
        new Contender(
            "adwin",
            "ADWIN (MOA), delta 0.002",
            ONE_IN,
            () -> new PerCall(new ADWINChangeDetector())),
        new Contender(
            "pageHinkley",
            "Page-Hinkley (MOA), lambda 50",
            ONE_IN,
            () -> new PerCall(new PageHinkleyDM())));
  }

  /** The order of the calls in a window is not known: any is as likely as another. */
  private static final class PerCall implements Method {
    private final AbstractChangeDetector detector;
    private final Chance order = new Chance(0, 0);

    PerCall(AbstractChangeDetector detector) {
      this.detector = detector;
      detector.prepareForUse();
    }

    @Override
    public boolean observe(Counts window) {
      boolean change = false;
      long events = window.x;
      for (long left = window.n; left > 0; left--) {
        boolean event = order.uniform() * left < events;
        events -= event ? 1 : 0;
        detector.input(event ? 1 : 0);
        change |= detector.getChange();
      }
      return change;
    }
  }
}
