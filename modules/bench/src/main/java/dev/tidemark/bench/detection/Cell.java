package dev.tidemark.bench.detection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One setting in which false alarms per million windows are counted: 50 calls per window, a
 * baseline, then windows in which nothing changes.
 *
 * @param name as in the table
 * @param baselineCalls calls before alarms are counted
 * @param stream makes one history by chance
 */
record Cell(String name, int baselineCalls, Function<Chance, CountStream> stream) {
  static final int PER_WINDOW = 50;
  private static final int USUAL_BASELINE = 1024 * PER_WINDOW;
  private static final int PER_RUN = 10;
  private static final double[] RATES = {0.01, 0.05, 0.2};

  /** Estimated baselines of independent calls. */
  static List<Cell> baselines() {
    List<Cell> cells = new ArrayList<>();
    for (double rate : RATES) {
      for (int calls : new int[] {1_000, 5_000, 20_000, 50_000}) {
        cells.add(of("iid " + percent(rate) + ", baseline " + calls, calls, Behaviour.iid(rate)));
      }
    }
    return cells;
  }

  /**
   * Calls that go together or wander, after 1,024 windows.
   *
   * @param recorded trials and events per run of a recording
   */
  static List<Cell> dependent(List<long[]> recorded) {
    List<Cell> cells = new ArrayList<>();
    for (double rate : RATES) {
      String at = " " + percent(rate);
      cells.add(of("iid" + at, USUAL_BASELINE, Behaviour.iid(rate)));
      for (int phi : new int[] {2, 4}) {
        Behaviour runs = Behaviour.clustered(rate, PER_RUN, phi);
        cells.add(of("beta-binomial phi " + phi + at, USUAL_BASELINE, runs));
      }
      Behaviour walk = Behaviour.wandering(rate, 0.25, 0.9);
      cells.add(of("AR(1) sd 0.25 corr 0.9" + at, USUAL_BASELINE, walk));
    }
    cells.add(
        new Cell(
            "tau-bench gpt-4o airline, runs drawn again",
            USUAL_BASELINE,
            chance -> new ResampledRuns(recorded, PER_WINDOW, chance)));
    return cells;
  }

  static Cell of(String name, int baselineCalls, Behaviour behaviour) {
    return new Cell(name, baselineCalls, chance -> fixed(behaviour, chance, Long.MAX_VALUE, 1));
  }

  /** A history of fifty calls per window whose rate changes by a factor. */
  static CountStream fixed(Behaviour behaviour, Chance chance, long changeMs, double factor) {
    RateWalk rates = new RateWalk(behaviour, chance, changeMs, factor);
    return new FixedCalls(PER_WINDOW, behaviour, rates, chance);
  }

  private static String percent(double rate) {
    return Math.round(rate * 100) + " %";
  }
}
