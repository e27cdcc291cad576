package dev.tidemark.bench.detection;

import java.util.List;
import java.util.function.Supplier;
import moa.classifiers.core.driftdetection.ADWINChangeDetector;
import moa.classifiers.core.driftdetection.AbstractChangeDetector;
import moa.classifiers.core.driftdetection.PageHinkleyDM;

/**
 * ADWIN and Page-Hinkley of MOA with their defaults, fed call by call. They watch one in fifty
 * series, because they are slow, and are silent for three days like the other rules.
 */
final class MoaContenders implements Supplier<List<Contender>> {
  private static final int ONE_IN = 50;

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

  /** Spreads the events of a window evenly over its calls. */
  private static final class PerCall implements Method {
    private final AbstractChangeDetector detector;

    PerCall(AbstractChangeDetector detector) {
      this.detector = detector;
      detector.prepareForUse();
    }

    @Override
    public boolean observe(Counts window) {
      boolean change = false;
      for (long call = 0; call < window.n; call++) {
        boolean event = (call + 1) * window.x / window.n > call * window.x / window.n;
        detector.input(event ? 1 : 0);
        change |= detector.getChange();
      }
      return change && window.startMs >= Baseline.LENGTH_MS;
    }
  }
}
