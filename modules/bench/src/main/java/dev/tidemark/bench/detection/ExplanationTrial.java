package dev.tidemark.bench.detection;

import dev.tidemark.core.detect.RateProbe;
import dev.tidemark.core.detect.RateProbe.Alarm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What alarms tell about doublings and rises by half: whether the interval of the rate since covers
 * the truth, and by how many windows the time of the change is off. Independent calls and runs.
 */
final class ExplanationTrial {
  private static final int BASELINE_WINDOWS = 1024;
  private static final int PATIENCE = 3_000;
  private static final double PER_DAY = CellTrial.NOMINAL * Counts.PER_DAY;
  private static final double[] FACTORS = {1.5, 2, 4};

  /**
   * What was counted.
   *
   * @param alarms true ones
   * @param covered whose interval covered the truth
   * @param errors of the time of the change in windows, ascending
   */
  record Outcome(long alarms, long covered, List<Long> errors) {
    double coverage() {
      return (double) covered / alarms;
    }

    double medianError() {
      return Quantiles.of(errors.stream().mapToDouble(Long::doubleValue).toArray(), 0.5);
    }
  }

  private ExplanationTrial() {}

  static Outcome run(int perSetting, List<Long> seeds) {
    long covered = 0;
    List<Long> errors = new ArrayList<>();
    long stream = 3_000_000;
    for (double rate : new double[] {0.01, 0.05, 0.2}) {
      for (Behaviour behaviour : List.of(Behaviour.iid(rate), Behaviour.clustered(rate, 10, 2))) {
        for (double factor : FACTORS) {
          for (int i = 0; i < perSetting; i++) {
            stream++;
            Chance chance = new Chance(seeds.get(i % seeds.size()), stream);
            long changeMs = (BASELINE_WINDOWS + chance.below(100)) * Counts.WINDOW_MS;
            Alarm alarm = alarm(behaviour, chance, changeMs, factor);
            if (alarm != null) {
              errors.add(Math.abs(alarm.changeMs() - changeMs) / Counts.WINDOW_MS);
              double truth = rate * factor;
              boolean inside = alarm.after().getLow() <= truth && truth <= alarm.after().getHigh();
              covered += inside ? 1 : 0;
            }
          }
        }
      }
    }
    Collections.sort(errors);
    return new Outcome(errors.size(), covered, errors);
  }

  /** The first alarm after the change, or null when patience ends. */
  private static Alarm alarm(Behaviour behaviour, Chance chance, long changeMs, double factor) {
    RateProbe probe = RateProbe.settled(PER_DAY);
    CountStream stream = Cell.fixed(behaviour, chance, changeMs, factor);
    Counts window = new Counts();
    for (int i = 0; i < BASELINE_WINDOWS + PATIENCE; i++) {
      stream.next(window);
      if (Ours.observe(probe, window)) {
        if (window.startMs >= changeMs) {
          return probe.alarm();
        }
        probe.rearm();
      }
    }
    return null;
  }
}
